using Trellis.Core.Markets;
using Trellis.Core.Orders;

namespace Trellis.Core.Accounts.Ledger;

/// <summary>A fill as the ledger books it.</summary>
public readonly record struct LedgerFill
{
    public required Side Side { get; init; }

    /// <summary>What traded; above 0.</summary>
    public required decimal Quantity { get; init; }

    /// <summary>In quote currency.</summary>
    public required decimal Price { get; init; }

    /// <summary>Part of a buy's quantity that was kept as fee, in base currency.</summary>
    public decimal BaseFee { get; init; }

    /// <summary>The fee in quote currency; below 0 where it was paid. With a base fee, that fee's value.</summary>
    public required decimal Fee { get; init; }
}

/// <summary>The balanced journal entries of everything that can happen to an account.</summary>
public static class LedgerEntries
{
    public static JournalEntry Open(string currency, decimal amount) => Against(
        $"opening balance {amount} {currency}", LedgerAccount.Opening(currency), amount);

    /// <summary>A deposit (above 0) or a withdrawal.</summary>
    public static JournalEntry Transfer(string currency, decimal amount) => Against(
        $"transfer {amount} {currency}", new(LedgerAccountKind.Transfers, currency, LedgerOwner.Shared), amount);

    /// <summary>What the venue shows more (above 0) or less than the ledger, for a reason that is not known.</summary>
    public static JournalEntry Correction(string currency, decimal amount, string reason) => Against(
        $"correction {amount} {currency}: {reason}", new(LedgerAccountKind.Corrections, currency, LedgerOwner.Shared), amount);

    /// <param name="bot">Name of the bot.</param>
    /// <param name="instrument">A perpetual.</param>
    /// <param name="amount">Above 0 where it was received.</param>
    public static JournalEntry Funding(string bot, Instrument instrument, decimal amount) => Against(
        $"{bot}: funding {instrument.Id} {amount}", Of(LedgerAccountKind.Funding, bot, instrument), amount);

    /// <param name="bot">Name of the bot.</param>
    /// <param name="instrument">What traded.</param>
    /// <param name="position">Which position of the bot.</param>
    /// <param name="before">The position before the fill.</param>
    /// <param name="fill">The fill; its net quantity is what changes the position.</param>
    /// <param name="change">What <see cref="LedgerPosition.Apply"/> said of the net quantity.</param>
    public static JournalEntry Fill(
        string bot, Instrument instrument, PositionSide position, LedgerPosition before, in LedgerFill fill, in PositionChange change)
    {
        var quote = instrument.QuoteCurrency;
        var wallet = LedgerAccount.Wallet(quote);
        var name = instrument.Id.ToString();
        var owner = new LedgerOwner(bot, name, position);
        var all = new LedgerOwner(bot, name, PositionSide.Net);
        var spot = instrument.Id.Market == MarketKind.Spot;
        var cost = change.After.SignedCost - before.SignedCost;
        var sign = fill.Side.Sign();
        var traded = spot ? instrument.BaseCurrency : owner.Instrument;
        return JournalEntry.Of(
            $"{bot}: {(fill.Side == Side.Buy ? nameof(Side.Buy) : nameof(Side.Sell))} {fill.Quantity} {name} at {fill.Price}",
            new(new(LedgerAccountKind.PositionCost, quote, owner), cost),
            new(spot ? wallet : new(LedgerAccountKind.Settlement, quote, owner), -cost),
            new(wallet, change.Realized),
            new(new(LedgerAccountKind.Realized, quote, all), -change.Realized),
            new(wallet, fill.Fee),
            new(new(LedgerAccountKind.Fees, quote, all), -fill.Fee),
            new(new(LedgerAccountKind.Holding, traded, owner), sign * (fill.Quantity - fill.BaseFee)),
            new(new(LedgerAccountKind.Fees, traded, owner), sign * fill.BaseFee),
            new(new(LedgerAccountKind.Traded, traded, owner), -sign * fill.Quantity));
    }

    /// <summary>The account of a bot on an instrument, in quote currency, for realized profit, fees and funding.</summary>
    public static LedgerAccount Of(LedgerAccountKind kind, string bot, Instrument instrument) =>
        new(kind, instrument.QuoteCurrency, new LedgerOwner(bot, instrument.Id.ToString(), PositionSide.Net));

    private static JournalEntry Against(string text, LedgerAccount account, decimal amount) => JournalEntry.Of(
        text, new(LedgerAccount.Wallet(account.Currency), amount), new(account, -amount));
}
