namespace Trellis.Core.Tests.Matching.Naive;

internal static class NaiveMoney
{
    /// <summary>To the twelfth decimal, halves to even.</summary>
    public static decimal Round(decimal amount) => decimal.Round(amount, 12, MidpointRounding.ToEven);
}
