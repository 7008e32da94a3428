using Trellis.Core.Trading.Effects;
using Trellis.Engine;

namespace Trellis.Cli.Live.Screen;

/// <summary>Everything that a screen shows at one instant.</summary>
/// <param name="Status">Null before the first one has come.</param>
/// <param name="Fills">Latest first.</param>
/// <param name="Alerts">Latest first.</param>
/// <param name="Now">Unix milliseconds on this machine's clock.</param>
/// <param name="Trouble">Why <paramref name="Status"/> is old; empty where it is not.</param>
internal sealed record ScreenContent(EngineStatus? Status, IReadOnlyList<FillBooked> Fills, IReadOnlyList<ShownAlert> Alerts, long Now, string Trouble);

/// <summary>An alert or a notice.</summary>
/// <param name="Time">Unix milliseconds.</param>
/// <param name="Bot">−1 where it is not about one bot.</param>
internal sealed record ShownAlert(long Time, AlertLevel Level, string Code, int Bot, string Text);
