using System.Globalization;
using Trellis.Server.Api;

namespace Trellis.Live.Tests.Kills;

/// <summary>A tight long grid around a price: each of its cells has one order at any time.</summary>
/// <param name="Lower">Lowest line.</param>
/// <param name="Step">Between two lines.</param>
internal sealed record Ladder(decimal Lower, decimal Step)
{
    public const int Cells = 20;

    /// <summary>How many cells from the middle the market is moved; beyond it, orders rest untouched.</summary>
    private const int Reach = 6;

    public static Ladder Around(decimal price)
    {
        var step = decimal.Round(price * 0.0005m, 0);
        return new Ladder(decimal.Round(price, 0) - (step * Cells / 2), step);
    }

    /// <summary>In the middle of a cell, where no order is about to fill.</summary>
    public decimal Middle => Lower + (Step * Cells / 2) + (Step / 2);

    /// <param name="random">Bits.</param>
    /// <returns>The middle of another cell.</returns>
    public decimal Elsewhere(ulong random) => Middle + (Step * ((int)(random % ((2 * Reach) + 1)) - Reach));

    public string Bots => string.Create(CultureInfo.InvariantCulture, $"""
        account:
          balance: 10000
        bots:
          - name: tight
            instrument: BTCUSDT
            grid:
              lower: {Lower}
              upper: {Lower + (Step * Cells)}
              grids: {Cells}
              investment: 9000
        """);

    /// <summary>The same lines, and a short grid on them besides.</summary>
    public string OppositeBots => string.Create(CultureInfo.InvariantCulture, $"""
        {Bots}
          - name: opposite
            instrument: BTCUSDT
            grid:
              direction: short
              lower: {Lower}
              upper: {Lower + (Step * Cells)}
              grids: {Cells}
              investment: 9000
        """);

    /// <summary>Both at once, each with a side of the position of its own.</summary>
    public string HedgedBots => OppositeBots.Replace("account:", "account:\n  position_mode: hedge", StringComparison.Ordinal);

    /// <summary>Every cell has its order: at the exchange, or held because it would take now, as post-only orders are.</summary>
    public static bool IsWhole(StatusMessage? status) => IsWhole(status, Cells);

    /// <param name="status">What the bot says; null where it says nothing.</param>
    /// <param name="cells">Of all ladders together.</param>
    public static bool IsWhole(StatusMessage? status, int cells) =>
        status is { IsReconciled: true } && status.Orders.Count == cells && status.Orders.All(order => order.State is "Open" or "PartiallyFilled" || IsHeld(order));

    private static bool IsHeld(OrderMessage order) => order.State == "Planned" && order.Reason.StartsWith("post-only", StringComparison.Ordinal);
}
