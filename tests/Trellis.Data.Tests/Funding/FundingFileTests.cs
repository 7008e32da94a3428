using Trellis.Core;
using Trellis.Core.Markets;
using Trellis.Data.Funding;
using Trellis.Data.Tests.Import;

namespace Trellis.Data.Tests.Funding;

public sealed class FundingFileTests : IDisposable
{
    private readonly TemporaryFolder folder = new();

    public void Dispose() => folder.Dispose();

    [Theory]
    [InlineData(false)]
    [InlineData(true)]
    public void Rates_are_sorted_and_unique(bool gzip)
    {
        var text = "time_ms,funding_rate,mark_price\n1704096000000,-0.0002,\n1704067200000,0.0001,42000.5\n1704067200000,0.00010,42000.50\n"u8.ToArray();
        FundingFile.Read(folder.Write("f", gzip ? SimpleImport.Gzip(text) : text)).ShouldBe(
            [new FundingRate(1_704_067_200_000, 0.0001m, 42_000.5m), new FundingRate(1_704_096_000_000, -0.0002m, null)]);
    }

    [Theory]
    [InlineData("1704067200000", "has 1 columns")]
    [InlineData("17,0.1", "time_ms '17'")]
    [InlineData("1704067200000,2", "funding_rate '2'")]
    [InlineData("1704067200000,1e-4", "funding_rate '1e-4'")]
    [InlineData("1704067200000,0.1,-3", "mark_price '-3'")]
    [InlineData("when,rate", "header 'when,rate'")]
    public void A_bad_row_is_named_with_line_column_and_value(string row, string expected)
    {
        var message = Should.Throw<DataException>(() => FundingFile.Read(folder.Write("f.csv", row + "\n"))).Message;
        message.ShouldContain("f.csv:1: ");
        message.ShouldContain(expected);
    }

    [Fact]
    public void Rows_that_disagree_are_refused() =>
        Should.Throw<DataException>(() => FundingFile.Read(folder.Write("f.csv", "1704067200000,0.1\n1704067200000,0.2\n"))).Message.ShouldContain("f.csv:2: ");

    [Fact]
    public void A_missing_file_is_an_error_of_data() => Should.Throw<DataException>(() => FundingFile.Read(folder.File("none")));
}
