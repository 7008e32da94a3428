namespace Trellis.Architecture.Tests;

public sealed class SourceRulesTests
{
    private const int LongestFile = 500;

    [Theory]
    [InlineData("src")]
    [InlineData("tests")]
    [InlineData("benchmarks")]
    public void No_source_file_is_longer_than_five_hundred_lines(string folder)
    {
        Repository.SourceFiles(folder)
            .Select(path => (Path: path, Lines: Repository.Read(path).AsSpan().Count('\n')))
            .Where(file => file.Lines > LongestFile)
            .ShouldBeEmpty();
    }

    [Theory]
    [InlineData("#" + "region")]
    [InlineData("Thread." + "Sleep")]
    [InlineData("DateTime." + "Now")]
    [InlineData("DateTime." + "UtcNow")]
    public void No_source_file_holds_what_the_house_does_without(string word)
    {
        Repository.SourceFiles("src").Concat(Repository.SourceFiles("tests"))
            .Where(path => Repository.Read(path).Contains(word, StringComparison.Ordinal))
            .ShouldBeEmpty();
    }

    [Fact]
    public void Every_namespace_is_that_of_its_folder()
    {
        Repository.SourceFiles("src").Where(path => !IsAtHome(path)).ShouldBeEmpty();
    }

    private static bool IsAtHome(string path)
    {
        var folder = Path.GetDirectoryName(path)!.Replace('\\', '/')["src/".Length..].Replace('/', '.');
        var declared = Repository.Read(path).Split('\n').FirstOrDefault(line => line.StartsWith("namespace ", StringComparison.Ordinal));
        return declared is null || declared.TrimEnd() == $"namespace {folder};";
    }
}
