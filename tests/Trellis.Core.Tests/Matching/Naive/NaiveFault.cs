namespace Trellis.Core.Tests.Matching.Naive;

/// <summary>One rule that a naive exchange gets wrong on purpose: a fuzz that does not notice is no judge.</summary>
internal enum NaiveFault
{
    None,
    LastInFirstOut,
    TradesThrough,
    MissesEqualPrice,
    TradesAtTakerPrice,
    FeeRoundedAwayFromZero,
    MakerPaysTakerFee,
    ReduceOnlyNotTrimmed,
    ReduceOnlyOutlivesPosition,
    SelfTradePreventionIgnored,
    AmendKeepsPlace,
    StopTriggersPastPriceOnly,
    StopWatchesOnlyTheFinalPrice,
    CostReleasedTruncated,
    ExpiryATickLate,
    PostOnlyTakes,
    FillOrKillFillsInPart,
    MarkTriggersOnLastPrice,
    CancelAllForgetsOne,
    MultiplierForgotten,
    FillsNotSplit,
    MoveSkipsOrders,
    TriggeredOrderSharesId,
    WaitingOrderOutlivesItsDate,
}
