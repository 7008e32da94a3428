using System.Globalization;
using Trellis.Core.Markets;
using Trellis.Core.Trading;

namespace Trellis.Cli.Live.Screen;

/// <summary>Numbers of the screen, rounded alike; logs have them whole.</summary>
/// <param name="scale">The largest amount that the account has to do with: large accounts show cents, small ones more.</param>
internal sealed class Amounts(decimal scale)
{
    private readonly string decimals = Math.Abs(scale) switch
    {
        >= 1_000m => "00",
        >= 1m => "0000",
        _ => "00000000",
    };

    public string Of(decimal amount) => amount.ToString($"#,##0.{decimals}", CultureInfo.InvariantCulture);

    public string Signed(decimal amount) => amount.ToString($"+#,##0.{decimals};-#,##0.{decimals};0.{decimals}", CultureInfo.InvariantCulture);

    public static string Percent(decimal share) => share.ToString("+0.00;-0.00;0.00", CultureInfo.InvariantCulture) + " %";

    /// <summary>With the decimals of the instrument's tick.</summary>
    public static string Price(decimal price, TradingMarket market) => Fixed(price, InstrumentUnits.DecimalsOf(market.Rules.TickSize));

    /// <summary>With the decimals of the instrument's lot.</summary>
    public static string Quantity(decimal quantity, TradingMarket market) => Fixed(quantity, InstrumentUnits.DecimalsOf(market.Rules.LotSize));

    private static string Fixed(decimal number, int decimals) => number.ToString($"N{decimals}", CultureInfo.InvariantCulture);
}
