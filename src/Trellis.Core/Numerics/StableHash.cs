namespace Trellis.Core.Numerics;

/// <summary>A number for a text that is the same on every machine (FNV-1a, 64 bits), mixed with a seed.</summary>
public static class StableHash
{
    public static ulong Of(string text, long seed)
    {
        var hash = 14_695_981_039_346_656_037UL ^ unchecked((ulong)seed * 0x9E37_79B9_7F4A_7C15UL);
        foreach (var letter in text)
        {
            hash = unchecked((hash ^ letter) * 1_099_511_628_211UL);
        }

        return hash;
    }
}
