namespace Trellis.Cli.Backtest;

/// <summary>Names a result after its configuration's file.</summary>
internal static class ConfigurationName
{
    private const int Longest = 60;

    /// <summary>The file's name without its ending; what no folder name should have becomes a hyphen.</summary>
    public static string Of(string path)
    {
        var stem = Path.GetFileNameWithoutExtension(path);
        var name = string.Concat(stem.Take(Longest).Select(letter => char.IsAsciiLetterOrDigit(letter) || letter is '-' or '_' or '.' ? letter : '-')).Trim('.');
        return name.Length == 0 ? "backtest" : name;
    }
}
