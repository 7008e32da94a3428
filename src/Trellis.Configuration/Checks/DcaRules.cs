using Trellis.Configuration.Shapes;
using Trellis.Core.Markets.Catalogue;
using Trellis.Core.Strategies.Dca;

namespace Trellis.Configuration.Checks;

/// <summary>The settings of a DCA bot agree with each other and with its market.</summary>
internal sealed class DcaRules(InstrumentCatalogue catalogue) : IRule
{
    public void Judge(CheckContext context)
    {
        for (var i = 0; i < context.Document.Bots.Count; i++)
        {
            if (context.Document.Bots[i] is not { Dca: { } dca })
            {
                continue;
            }

            var path = $"bots[{i}].dca";
            Entries(context, path, dca);
            Exits(context, path, dca);
            MarketRules.Judge(context, catalogue, i, path, dca.Direction == DcaDirection.Short ? CheckContext.Word(dca.Direction) : null, dca.Leverage);
        }
    }

    private static void Entries(CheckContext context, string path, DcaOptions dca)
    {
        if (context.Sound(path, "max_safety_orders") && dca.MaxSafetyOrders > 0)
        {
            Needed(context, path, "safety_order_size", dca.SafetyOrderSize);
            Needed(context, path, "deviation_percent", dca.DeviationPercent);
        }

        if (context.Sound(path, "sizing") && dca.Sizing == DcaSizing.PercentOfBalance)
        {
            Share(context, path, "base_order_size", dca.BaseOrderSize, dca.Leverage);
            Share(context, path, "safety_order_size", dca.SafetyOrderSize, dca.Leverage);
        }

        if (context.Sound(path, "base_order") && dca.BaseOrder == DcaBaseOrder.Market)
        {
            LimitOnly(context, path, "base_order_offset_percent", dca.BaseOrderOffsetPercent != 0 ? DecimalText.Write(dca.BaseOrderOffsetPercent) : null);
            LimitOnly(context, path, "base_order_timeout_seconds", dca.BaseOrderTimeoutSeconds is { } seconds ? DecimalText.Write(seconds) : null);
        }
    }

    private static void Exits(CheckContext context, string path, DcaOptions dca)
    {
        if (context.Sound(path, "direction", "take_profit_percent") && dca.Direction == DcaDirection.Short && dca.TakeProfitPercent >= 100)
        {
            context.Add($"{path}.take_profit_percent", "is not below 100, and a short deal can't win more than its price", DecimalText.Write(dca.TakeProfitPercent), "above 0 and below 100 for short");
        }

        if (context.Sound(path, "take_profit_percent", "trailing_percent") && dca.TrailingPercent >= dca.TakeProfitPercent)
        {
            context.Add($"{path}.trailing_percent", $"is not below take_profit_percent ({DecimalText.Write(dca.TakeProfitPercent)}), so that a deal could be closed at a loss", DecimalText.Write(dca.TrailingPercent!.Value), "below take_profit_percent");
        }

        if (context.Sound(path, "direction", "stop_loss") && dca is { Direction: DcaDirection.Long, StopLoss.Percent: >= 100 })
        {
            context.Add($"{path}.stop_loss", "would lie at or below zero", dca.StopLoss.ToString(), "a percentage below 100, or a price");
        }

        if (context.Sound(path, "stop_loss", "stop_loss_from") && dca.StopLossFrom == StopLossFrom.Average && dca.StopLoss?.Percent is null)
        {
            context.Add($"{path}.stop_loss_from", "needs a stop_loss in percent", CheckContext.Word(dca.StopLossFrom), "with a percentage such as \"12%\" only");
        }

        if (context.Sound(path, "stop_loss", "after_stop_loss") && dca.AfterStopLoss == AfterStopLoss.Stop && dca.StopLoss is null)
        {
            context.Add($"{path}.after_stop_loss", "needs a stop_loss", CheckContext.Word(dca.AfterStopLoss), "with stop_loss only");
        }
    }

    private static void Needed(CheckContext context, string path, string key, decimal? value)
    {
        if (value is null && context.Sound(path, key))
        {
            context.Add($"{path}.{key}", "is missing", allowed: "a number above 0, or max_safety_orders: 0");
        }
    }

    private static void Share(CheckContext context, string path, string key, decimal? value, decimal leverage)
    {
        if (value > 100 * leverage && context.Sound(path, key, "leverage"))
        {
            context.Add($"{path}.{key}", "is above 100 × leverage, and with percent_of_balance it is a percentage of the wallet", DecimalText.Write(value.Value), $"above 0 and at most {DecimalText.Write(100 * leverage)}");
        }
    }

    private static void LimitOnly(CheckContext context, string path, string key, string? value)
    {
        if (value is not null && context.Sound(path, key))
        {
            context.Add($"{path}.{key}", "does not go with base_order: market", value, "with base_order: limit only");
        }
    }
}
