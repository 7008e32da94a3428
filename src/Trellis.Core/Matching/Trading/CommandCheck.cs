using Trellis.Core.Matching.Accounts;
using Trellis.Core.Matching.Commands;

namespace Trellis.Core.Matching.Trading;

/// <summary>Commands that no client can cause to be wrong: whoever sends one to the wrong exchange has erred.</summary>
internal static class CommandCheck
{
    /// <exception cref="ArgumentException">Time, account, instrument or fill rule do not fit; nothing has changed.</exception>
    public static void Demand(Floor floor, MatchingCommand command)
    {
        if (command.Time < floor.Time)
        {
            throw new ArgumentException($"{command.GetType().Name}: time {command.Time} lies before the exchange's, {floor.Time}", nameof(command));
        }

        if (AccountOf(command) is { } account && (uint)account.Value >= (uint)floor.Accounts.Count)
        {
            throw new ArgumentException($"{command.GetType().Name}: there is no {account}; accounts are 0 to {floor.Accounts.Count - 1}", nameof(command));
        }

        if (InstrumentOf(command) is { } instrument && (uint)instrument >= (uint)floor.Markets.Length)
        {
            throw new ArgumentException($"{command.GetType().Name}: there is no instrument {instrument}; instruments are 0 to {floor.Markets.Length - 1}", nameof(command));
        }

        if (RuleOf(command) is { } rule && rule != floor.Settings.FillRule)
        {
            throw new ArgumentException($"{command.GetType().Name} needs the fill rule {rule}; the exchange has {floor.Settings.FillRule}", nameof(command));
        }

        if (command is PassCandle passed && passed.Candles.Any(candle => candle is not null && !IsWhole(candle)))
        {
            throw new ArgumentException($"PassCandle at {passed.OpenTime}: low ≤ open, close ≤ high does not hold, or a price is not above 0", nameof(command));
        }

        if (command is PassCandle pass && pass.Candles.Count != floor.Markets.Length)
        {
            throw new ArgumentException($"PassCandle has {pass.Candles.Count} candles; there are {floor.Markets.Length} instruments", nameof(command));
        }
    }

    private static bool IsWhole(CandlePrices candle) =>
        candle.Low > 0 && candle.Low <= Math.Min(candle.Open, candle.Close) && candle.High >= Math.Max(candle.Open, candle.Close);

    private static AccountId? AccountOf(MatchingCommand command) => command switch
    {
        PlaceOrder place => place.Account,
        AmendOrder amend => amend.Account,
        CancelOrder cancel => cancel.Account,
        CancelConditional cancel => cancel.Account,
        CancelAllOrders cancel => cancel.Account,
        CancelAllConditionals cancel => cancel.Account,
        Transfer transfer => transfer.Account,
        SetCountdown set => set.Account,
        SetLeverage set => set.Account,
        SetPositionMode set => set.Account,
        SetMarginMode set => set.Account,
        _ => null,
    };

    private static int? InstrumentOf(MatchingCommand command) => command switch
    {
        MoveMarket move => move.Instrument,
        SetQuotes set => set.Instrument,
        TradeOutside trade => trade.Instrument,
        SetMarkPrice set => set.Instrument,
        SettleFunding settle => settle.Instrument,
        ChangeRules change => change.Instrument,
        HaltTrading halt => halt.Instrument,
        _ => null,
    };

    private static FillRule? RuleOf(MatchingCommand command) => command switch
    {
        MoveMarket or SetQuotes or TradeOutside => FillRule.Book,
        PassCandle => FillRule.Candle,
        _ => null,
    };
}
