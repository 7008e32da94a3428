using Trellis.Core.Numerics;

namespace Trellis.Core.Strategies.Dca;

/// <summary>Sizes of the base order and the first safety order, as amounts or as shares of the wallet.</summary>
internal readonly struct DcaSizes(DcaOptions options)
{
    private readonly bool isPercent = options.Sizing == DcaSizing.PercentOfBalance;
    private readonly Int128 baseOrder = Of(options, options.BaseOrderSize);
    private readonly Int128 safetyOrder = Of(options, options.SafetyOrderSize.GetValueOrDefault());

    /// <summary>Sizes in units of 10^-12 quote for a deal that starts with this wallet balance, rounded down.</summary>
    public (Int128 Base, Int128 Safety) At(Money wallet)
    {
        var balance = Int128.Max(0, wallet.Units);
        return isPercent
            ? (balance * baseOrder / Shares.Whole, balance * safetyOrder / Shares.Whole)
            : (baseOrder, safetyOrder);
    }

    private static Int128 Of(DcaOptions options, decimal size) =>
        options.Sizing == DcaSizing.PercentOfBalance ? Shares.OfPercent(size) : Money.FromDecimal(size).Units;
}
