namespace Trellis.Configuration.Tree;

/// <summary>How settings are named in messages: <c>bots[0].grid.lower</c>.</summary>
internal static class Paths
{
    public static string Key(string parent, string key) => parent.Length == 0 ? Display.Clean(key) : $"{parent}.{Display.Clean(key)}";

    public static string Item(string parent, int index) => $"{parent}[{index}]";
}
