using System.Diagnostics.CodeAnalysis;

namespace Trellis.Core.Risk;

/// <summary>
/// How much the account may be exposed, and how much it is in the worst case: positions at their cost, and every order that can add to one at its
/// own price. Foreign positions and orders only ever add to it: their owner may end them at any time.
/// </summary>
/// <param name="markets">How many instruments there are.</param>
/// <param name="most">Of one instrument, in the account's currency; null for no limit.</param>
/// <param name="mostTotal">Of all instruments together; null for no limit.</param>
/// <param name="hedgeMode">Whether long and short positions stand beside each other instead of netting.</param>
public sealed class ExposureBudget(int markets, decimal? most, decimal? mostTotal, bool hedgeMode)
{
    private readonly decimal most = most ?? decimal.MaxValue;
    private readonly decimal mostTotal = mostTotal ?? decimal.MaxValue;
    private readonly Instrument[] instruments = new Instrument[markets];
    private decimal? total;

    /// <summary>Worst case over all instruments.</summary>
    public decimal Total => total ??= Sum();

    /// <summary>Whether no limit is passed. Where that is so, all that was added had room, in whatever order it came: an order never makes the worst case better.</summary>
    public bool IsWithin
    {
        get
        {
            for (var market = 0; market < markets; market++)
            {
                if (Of(market) > most)
                {
                    return false;
                }
            }

            return Total <= mostTotal;
        }
    }

    /// <summary>Takes over what is in another budget of as many instruments, in the place of its own.</summary>
    public void TakeOver(ExposureBudget other)
    {
        other.instruments.CopyTo(instruments, 0);
        total = other.total;
    }

    /// <summary>Nothing is held, and nothing out.</summary>
    public void Clear()
    {
        Array.Clear(instruments);
        total = null;
    }

    /// <summary>Worst case of an instrument: the larger of what it could become long and short; in hedge mode both together.</summary>
    public decimal Of(int market)
    {
        ref readonly var instrument = ref instruments[market];
        var toLong = instrument.Long.WorstCase;
        return hedgeMode ? toLong + instrument.Short.WorstCase : Math.Max(toLong, instrument.Short.WorstCase);
    }

    /// <param name="direction">+1 long, −1 short.</param>
    /// <param name="cost">At least 0.</param>
    public void AddPosition(int market, int direction, decimal cost)
    {
        ref var instrument = ref instruments[market];
        if (hedgeMode)
        {
            instrument.Side(direction).Stands += cost;
        }
        else
        {
            instrument.Net += direction * cost;
            instrument.Long.Nets(instrument.Net);
            instrument.Short.Nets(-instrument.Net);
        }

        total = null;
    }

    public void AddForeign(int market, int direction, decimal notional)
    {
        instruments[market].Side(direction).Stands += notional;
        total = null;
    }

    /// <summary>An order that is out already, whatever the limits say.</summary>
    public void AddOrder(int market, int direction, decimal notional)
    {
        instruments[market].Side(direction).Orders += notional;
        total = null;
    }

    /// <summary>Adds an order where the limits leave room for it, or where it makes the worst case in its direction no worse.</summary>
    /// <remarks>In its direction: what somebody else holds the other way may be gone tomorrow, and must not hide what is added here.</remarks>
    public bool TryAddOrder(int market, int direction, decimal notional)
    {
        if (notional == 0)
        {
            return true;
        }

        ref var side = ref instruments[market].Side(direction);
        var others = Total - Of(market);
        var before = side.WorstCase;
        side.Orders += notional;
        var after = side.WorstCase;
        if (after > before)
        {
            var judged = hedgeMode ? Of(market) : after;
            if (judged > most || others + judged > mostTotal)
            {
                side.Orders -= notional;
                return false;
            }
        }

        total = others + Of(market);
        return true;
    }

    private decimal Sum()
    {
        var sum = 0m;
        for (var market = 0; market < markets; market++)
        {
            sum += Of(market);
        }

        return sum;
    }

    /// <summary>What is known of one instrument.</summary>
    private struct Instrument
    {
        public Direction Long;
        public Direction Short;

        /// <summary>Signed position where long and short net.</summary>
        public decimal Net;

        [UnscopedRef]
        public ref Direction Side(int direction)
        {
            if (direction > 0)
            {
                return ref Long;
            }

            return ref Short;
        }
    }

    /// <summary>What adds to a position of one direction.</summary>
    private struct Direction
    {
        /// <summary>Of the net position, as far as it has this direction.</summary>
        private decimal held;

        /// <summary>Of the net position, as far as it has the other one: orders close that first.</summary>
        private decimal opposite;

        /// <summary>What nothing is netted with: foreign, and in hedge mode the position.</summary>
        public decimal Stands;

        public decimal Orders;

        public readonly decimal WorstCase => held + Stands + (opposite == 0m ? Orders : Math.Max(0m, Orders - opposite));

        public void Nets(decimal net)
        {
            held = Math.Max(net, 0m);
            opposite = Math.Max(-net, 0m);
        }
    }
}
