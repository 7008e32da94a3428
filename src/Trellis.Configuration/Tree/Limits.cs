namespace Trellis.Configuration.Tree;

/// <summary>Bounds that no honest document meets and that keep a hostile one from using up memory or stack.</summary>
internal static class Limits
{
    public const int Bytes = 1 << 20;

    public const int Depth = 32;
}
