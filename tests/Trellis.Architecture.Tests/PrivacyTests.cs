using System.Text.RegularExpressions;

namespace Trellis.Architecture.Tests;

/// <summary>What is committed names no machine, no home folder and no host that packages came from.</summary>
public sealed partial class PrivacyTests
{
    [Fact]
    public void No_tracked_file_names_a_machine_or_a_package_host()
    {
        Repository.TrackedFiles().SelectMany(Offences).ShouldBeEmpty();
    }

    [Theory]
    [InlineData("see /ro" + "ot/notes.txt")]
    [InlineData("in '/wo" + "rk/candles'")]
    [InlineData("/ho" + "me/ann/x")]
    [InlineData(@"C:\Us" + @"ers\ann\x")]
    [InlineData("htt" + "p://packages.example.org/v3")]
    [InlineData("https://api.nu" + "get.org/v3/index.json")]
    public void A_private_place_is_recognized(string text) => IsPrivate(text).ShouldBeTrue();

    [Theory]
    [InlineData("artifacts/work/x")]
    [InlineData("http://localhost:8080/api and http://127.0.0.1/")]
    [InlineData("https://dotnet.microsoft.com/download/dotnet/10.0")]
    [InlineData("an address that is put together: http://{server.EndPoint}/x, http://${address}")]
    public void A_public_place_is_left_alone(string text) => IsPrivate(text).ShouldBeFalse();

    private static IEnumerable<string> Offences(string path)
    {
        var text = Repository.Read(path);
        return text.Contains('\0')
            ? []
            : text.Split('\n').Index().Where(line => IsPrivate(line.Item)).Select(line => $"{path}:{line.Index + 1}: {line.Item.Trim()}");
    }

    private static bool IsPrivate(string text) => HomeFolder().IsMatch(text) || PackageHost().IsMatch(text);

    [GeneratedRegex(@"(?<![\w.~}/-])/(?:work|root|home/\w+|Users/\w+)/|\b[A-Z]:\\Users\\\w", RegexOptions.None, 1000)]
    private static partial Regex HomeFolder();

    [GeneratedRegex(@"htt[p]://(?!localhost|127\.0\.0\.1|\[::1\]|www\.w3\.org|\$?\{|"")|https://[\w.-]*(?:nuget|npmjs|pypi|artifactory|nexus)[\w.-]*", RegexOptions.IgnoreCase, 1000)]
    private static partial Regex PackageHost();
}
