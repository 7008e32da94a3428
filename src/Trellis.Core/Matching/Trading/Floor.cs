using Trellis.Core.Markets;
using Trellis.Core.Matching.Accounts;
using Trellis.Core.Matching.Book;
using Trellis.Core.Matching.Events;
using Trellis.Core.Orders;

namespace Trellis.Core.Matching.Trading;

/// <summary>What all desks of an exchange share: the clock, the markets, the accounts, the purses, what is told to the outside.</summary>
internal sealed class Floor
{
    /// <summary>Where the level changes of the command that is being carried out begin.</summary>
    private int firstLevelChange;

    public Floor(MatchingSettings settings)
    {
        if (settings.SlippagePercent is < 0 or > 100 || InstrumentUnits.DecimalsOf(settings.SlippagePercent) > 6)
        {
            throw new ConfigurationException($"slippage of {settings.SlippagePercent} percent; it is 0 to 100, with at most 6 decimals");
        }

        Settings = settings;
        Time = settings.StartTime;
        Definitions = [.. settings.Instruments];
        Markets = [.. settings.Instruments.Select((instrument, index) => new Market(this, index, instrument))];
        Accounts.Add(new MarginAccount(this, new AccountId(0), "house", hedge: false, leverage: 1));
    }

    public MatchingSettings Settings { get; }

    public long Time { get; set; }

    public Market[] Markets { get; }

    /// <summary>The instruments with the rules that commands gave them.</summary>
    public MatchingInstrument[] Definitions { get; }

    public List<MarginAccount> Accounts { get; } = [];

    public MarginAccount House => Accounts[0];

    public Purses Purses { get; } = new();

    public List<MatchingEvent> Events { get; } = [];

    public List<LevelChange> LevelChanges { get; } = [];

    public Sequences Sequences { get; } = new();

    /// <summary>At least 1: see <see cref="Commands.SplitFills"/>.</summary>
    public int SplitParts { get; set; } = 1;

    public void Tell(MatchingEvent happened) => Events.Add(happened);

    /// <summary>Tells that a level changed; changes of the same level in a row are told as one.</summary>
    public void Tell(Market market, Side side, PriceLevel level)
    {
        var price = market.Units.ToPrice(level.Price);
        var quantity = market.Units.ToQuantity(level.Quantity);
        var last = LevelChanges.Count - 1;
        if (last >= firstLevelChange && LevelChanges[last] is var before && before.Instrument == market.Index && before.Side == side && before.Price == price)
        {
            LevelChanges[last] = before with { Quantity = quantity };
            return;
        }

        LevelChanges.Add(new LevelChange(market.Index, side, price, quantity, ++market.Book.UpdateId, Time));
    }

    /// <summary>Accounts whose margin is to be looked at, by id.</summary>
    public SortedSet<int> Exposed { get; } = [];

    public void NoteExposure(MarginAccount account) => Exposed.Add(account.Id.Value);

    public void BeginCommand() => firstLevelChange = LevelChanges.Count;
}
