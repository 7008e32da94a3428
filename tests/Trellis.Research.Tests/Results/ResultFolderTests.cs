using Trellis.Core;
using Trellis.Research.Results;

namespace Trellis.Research.Tests.Results;

public sealed class ResultFolderTests : IDisposable
{
    private readonly string parent = Directory.CreateTempSubdirectory("trellis-results-").FullName;

    public void Dispose() => Directory.Delete(parent, recursive: true);

    [Fact]
    public void Equal_runs_share_a_folder_and_different_ones_do_not()
    {
        var first = Write(1000m);
        var before = Content(first);
        before.ConvertAll(file => file.Name).ShouldBe(["SHA256SUMS", "chart.json", "equity.csv", "fills.csv", "report.html", "result.json"]);

        Write(1000m).ShouldBe(first);
        (Write(2000m) == first).ShouldBeFalse();

        Path.GetFileName(first).ShouldMatch("^small-[0-9a-f]{8}$");
        Content(first).ShouldBe(before);
        Directory.GetDirectories(parent).Length.ShouldBe(2);
    }

    [Fact]
    public void A_named_folder_replaces_an_older_result_only()
    {
        var setup = SmallRun.Setup();
        var path = Path.Combine(parent, "mine");
        ResultFolder.WriteTo(path, SmallRun.Description(), setup, SmallRun.Outcome(setup)).Path.ShouldBe(path);
        ResultFolder.WriteTo(path, SmallRun.Description(), setup, SmallRun.Outcome(setup)).Path.ShouldBe(path);
        Directory.GetFileSystemEntries(parent).ShouldHaveSingleItem();

        File.WriteAllText(Path.Combine(path, "diary.txt"), "mine");
        Should.Throw<ConfigurationException>(() => ResultFolder.WriteTo(path, SmallRun.Description(), setup, SmallRun.Outcome(setup)))
            .Message.ShouldContain("'diary.txt'");
        File.Exists(Path.Combine(path, "diary.txt")).ShouldBeTrue();
    }

    [Fact]
    public void A_run_that_cannot_be_summed_up_leaves_nothing()
    {
        var setup = SmallRun.Setup();
        Should.Throw<System.Text.Json.JsonException>(() => ResultFolder.WriteBelow(parent, SmallRun.Description() with { ConfigurationJson = "{" }, setup, SmallRun.Outcome(setup)));

        Directory.GetFileSystemEntries(parent).ShouldBeEmpty();
    }

    private static List<(string? Name, string Text)> Content(string folder) =>
        [.. Directory.GetFiles(folder).Order(StringComparer.Ordinal).Select(file => (Path.GetFileName(file), File.ReadAllText(file)))];

    private string Write(decimal balance)
    {
        var setup = SmallRun.Setup(balance);
        return ResultFolder.WriteBelow(parent, SmallRun.Description(), setup, SmallRun.Outcome(setup)).Path;
    }
}
