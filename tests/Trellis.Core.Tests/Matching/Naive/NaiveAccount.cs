using Trellis.Core.Matching.Accounts;
using Trellis.Core.Orders;

namespace Trellis.Core.Tests.Matching.Naive;

/// <summary>A wallet with its positions.</summary>
internal sealed class NaiveAccount
{
    private readonly Dictionary<(int Instrument, PositionSide Side), NaivePosition> positions = [];

    public required AccountId Id { get; init; }

    public bool HedgeMode { get; set; }

    public required int[] Leverage { get; init; }

    public decimal Wallet { get; set; }

    /// <summary>Per instrument: when the countdown cancels the orders; 0 for never.</summary>
    public required long[] Countdown { get; init; }

    public NaivePosition Position(int instrument, PositionSide side)
    {
        if (!positions.TryGetValue((instrument, side), out var position))
        {
            positions[(instrument, side)] = position = new NaivePosition();
        }

        return position;
    }

    /// <summary>A copy that knows the positions on one instrument.</summary>
    public NaiveAccount Copy(int instrument)
    {
        var copy = new NaiveAccount { Id = Id, HedgeMode = HedgeMode, Leverage = Leverage, Countdown = Countdown, Wallet = Wallet };
        foreach (var (key, position) in positions.Where(each => each.Key.Instrument == instrument))
        {
            copy.positions[key] = position.Copy();
        }

        return copy;
    }

    /// <summary>Those that are not flat.</summary>
    public IEnumerable<(int Instrument, NaivePosition Position)> Positions =>
        positions.Where(each => each.Value.Size != 0).Select(each => (each.Key.Instrument, each.Value));

    public bool HasPositions => Positions.Any();
}
