using System.Text.Json.Nodes;
using Trellis.Core.Markets;
using Trellis.Core.Options;
using Trellis.Core.Strategies;
using Trellis.Core.Strategies.Dca;
using Trellis.Core.Strategies.Grid;
using Trellis.Core.Strategies.Signals;

namespace Trellis.Research.Tests.Vectors;

/// <summary>The strategy that a vector describes.</summary>
internal static class VectorStrategies
{
    public static (Func<IStrategy> Create, decimal Leverage) Of(JsonObject document, bool hedgeMode)
    {
        if (document["dca"] is { } given)
        {
            var dca = Dca(given);
            return (() => new DcaStrategy(dca, hedgeMode), dca.Leverage);
        }

        if (document["signal"] is { } stated)
        {
            var signal = Signal(stated);
            return (() => new SignalStrategy(signal, SignalRegistry.BuiltIn().Create(signal.Name, signal.Parameters), hedgeMode), signal.Leverage);
        }

        var grid = Grid(document["grid"]!);
        return (() => new GridStrategy(grid, hedgeMode), grid.Leverage);
    }

    private static GridOptions Grid(JsonNode grid) => new()
    {
        Direction = grid["direction"].Choice(GridDirection.Long),
        Lower = grid["lower"].NumberOrNull(),
        Upper = grid["upper"].NumberOrNull(),
        Grids = grid["grids"].CountOrNull(),
        SpacingPercent = grid["spacing_percent"].NumberOrNull(),
        Levels = grid["levels"].CountOrNull(),
        Spacing = grid["spacing"].Choice(GridSpacing.Arithmetic),
        Sizing = grid["sizing"].Choice(GridSizing.EqualQuantity),
        Investment = grid["investment"].Number(),
        Leverage = grid["leverage"].NumberOrNull() ?? 1m,
        InitialPurchase = grid["initial_purchase"] is { } purchase ? purchase.IsTrue() : null,
        StartPrice = grid["start_price"].NumberOrNull(),
        StopLoss = grid["stop_loss"].Level(),
        TakeProfit = grid["take_profit"].Level(),
        TrailingUp = grid["trailing_up"].IsTrue(),
        TrailingUpLimit = grid["trailing_up_limit"].NumberOrNull(),
        TrailingDown = grid["trailing_down"].IsTrue(),
        TrailingDownLimit = grid["trailing_down_limit"].NumberOrNull(),
        RebalanceThreshold = grid["rebalance_threshold"].NumberOrNull(),
        OnStop = grid["on_stop"].Choice(InventoryOnStop.Sell),
        PostOnly = grid["post_only"] is not { } post || post.IsTrue(),
    };

    private static DcaOptions Dca(JsonNode dca) => new()
    {
        Direction = dca["direction"].Choice(DcaDirection.Long),
        Sizing = dca["sizing"].Choice(DcaSizing.Fixed),
        BaseOrderSize = dca["base_order_size"].Number(),
        BaseOrder = dca["base_order"].Choice(DcaBaseOrder.Market),
        BaseOrderOffsetPercent = dca["base_order_offset_percent"].NumberOrNull().GetValueOrDefault(),
        BaseOrderTimeoutSeconds = dca["base_order_timeout_seconds"].CountOrNull(),
        SafetyOrderSize = dca["safety_order_size"].NumberOrNull(),
        MaxSafetyOrders = (int)dca["max_safety_orders"].Number(),
        MaxActiveSafetyOrders = dca["max_active_safety_orders"].CountOrNull(),
        DeviationPercent = dca["deviation_percent"].NumberOrNull(),
        DeviationMode = dca["deviation_mode"].Choice(DeviationMode.Cumulative),
        StepScale = dca["step_scale"].NumberOrNull() ?? 1m,
        VolumeScale = dca["volume_scale"].NumberOrNull() ?? 1m,
        TakeProfitPercent = dca["take_profit_percent"].Number(),
        IncludeFees = dca["include_fees"] is not { } include || include.IsTrue(),
        TrailingPercent = dca["trailing_percent"].NumberOrNull(),
        StopLoss = dca["stop_loss"].Level(),
        StopLossFrom = dca["stop_loss_from"].Choice(StopLossFrom.Base),
        AfterStopLoss = dca["after_stop_loss"].Choice(AfterStopLoss.Continue),
        CooldownSeconds = dca["cooldown_seconds"].CountOrNull().GetValueOrDefault(),
        MaxDeals = dca["max_deals"].CountOrNull(),
        StartPrice = dca["start_price"].NumberOrNull(),
        Leverage = dca["leverage"].NumberOrNull() ?? 1m,
        PostOnly = dca["post_only"].IsTrue(),
    };

    private static SignalOptions Signal(JsonNode signal) => new()
    {
        Name = signal["name"]!.GetValue<string>(),
        Parameters = new NamedNumbers((signal["parameters"]?.AsObject() ?? []).Select(entry => KeyValuePair.Create(entry.Key, entry.Value.Number()))),
        Timeframe = signal["timeframe"] is { } timeframe ? Interval.Parse(timeframe.GetValue<string>()) : null,
        Direction = signal["direction"].Choice(SignalDirection.Long),
        Sizing = signal["sizing"].Choice(SignalSizing.Fixed),
        Size = signal["size"].Number(),
        Leverage = signal["leverage"].NumberOrNull() ?? 1m,
        StopLossPercent = signal["stop_loss_percent"].NumberOrNull(),
        StopLossAtr = signal["stop_loss_atr"].NumberOrNull(),
        TakeProfitPercent = signal["take_profit_percent"].NumberOrNull(),
        TakeProfitAtr = signal["take_profit_atr"].NumberOrNull(),
        TakeProfitR = signal["take_profit_r"].NumberOrNull(),
        AtrPeriod = signal["atr_period"].CountOrNull() ?? 14,
        OnOpposite = signal["on_opposite"].Choice(OppositeSignal.Reverse),
        MaxBars = signal["max_bars"].CountOrNull(),
        CooldownBars = signal["cooldown_bars"].CountOrNull() ?? 0,
    };
}
