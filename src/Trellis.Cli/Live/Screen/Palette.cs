using Spectre.Console;
using Trellis.Core.Orders;
using Trellis.Core.Trading.Effects;

namespace Trellis.Cli.Live.Screen;

/// <summary>What colours mean. None of them says anything that words do not.</summary>
internal static class Palette
{
    public static Style Plain => Style.Plain;

    public static Style Dim { get; } = new(decoration: Decoration.Dim);

    public static Style Bold { get; } = new(decoration: Decoration.Bold);

    public static Style Good { get; } = new(Color.Green);

    public static Style Bad { get; } = new(Color.Red);

    public static Style Doubtful { get; } = new(Color.Yellow);

    public static Style Alarm { get; } = new(Color.White, Color.Maroon, Decoration.Bold);

    public static Style Of(LiveMode mode) => mode switch
    {
        LiveMode.Mainnet => Alarm,
        LiveMode.Testnet => new Style(Color.Black, Color.Olive, Decoration.Bold),
        LiveMode.Simulator => new Style(Color.Black, Color.Teal, Decoration.Bold),
        _ => new Style(Color.Black, Color.Green, Decoration.Bold),
    };

    public static Style Of(Side side) => side == Side.Buy ? Good : Bad;

    /// <summary>Of money won or lost.</summary>
    public static Style Of(decimal amount) => amount > 0 ? Good : amount < 0 ? Bad : Plain;

    public static Style Of(AlertLevel level) => level switch
    {
        AlertLevel.Information => Plain,
        AlertLevel.Warning => Doubtful,
        AlertLevel.Error => Bad,
        _ => Alarm,
    };
}
