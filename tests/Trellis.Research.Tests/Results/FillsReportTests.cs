using System.Globalization;
using System.Security.Cryptography;
using System.Text;
using Trellis.Research.Backtesting;
using Trellis.Research.Results;

namespace Trellis.Research.Tests.Results;

public sealed class FillsReportTests
{
    private static readonly string[] Columns = FillsReport.Header.Split(',');

    private static readonly string[] Hashed = "time_ms,bot,instrument,slot,cycle,kind,side,position_side,price,quantity,fee,fee_currency,fee_amount,realized,funding".Split(',');

    [Fact]
    public void The_hash_can_be_computed_from_the_rows_and_the_wallet_followed_through_them()
    {
        foreach (var setup in RandomSetups.Of(100))
        {
            var outcome = new BacktestRun(setup, Engine.Auto).Finish();
            using var csv = new StringWriter();
            var hash = FillsReport.Write(setup, outcome, csv);
            var rows = csv.ToString().TrimEnd('\n').Split('\n').Skip(1).Select(row => row.Split(',')).ToList();

            rows.Count.ShouldBe(outcome.Entries.Count);
            var text = string.Concat(rows.Select(row => string.Join(',', Hashed.Select(name => row[Array.IndexOf(Columns, name)])) + "\n"));
            Convert.ToHexStringLower(SHA256.HashData(Encoding.UTF8.GetBytes(text))).ShouldBe(hash);
            var wallet = setup.StartBalance.ToDecimal();
            foreach (var row in rows)
            {
                row.Length.ShouldBe(Columns.Length);
                wallet += Amount(row, "fee") + Amount(row, "realized") + Amount(row, "funding");
                Amount(row, "wallet").ShouldBe(wallet);
            }
        }
    }

    private static decimal Amount(string[] row, string column) => decimal.Parse(row[Array.IndexOf(Columns, column)], CultureInfo.InvariantCulture);
}
