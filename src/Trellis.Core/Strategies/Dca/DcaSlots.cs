using System.Globalization;

namespace Trellis.Core.Strategies.Dca;

/// <summary>Which slot is whose: one per safety order, then base, take profit, stop loss and close.</summary>
internal sealed class DcaSlots(int safetyOrders)
{
    public int Base => safetyOrders;

    public int TakeProfit => safetyOrders + 1;

    public int StopLoss => safetyOrders + 2;

    public int Close => safetyOrders + 3;

    public int Count => safetyOrders + 4;

    public bool IsSafety(int slot) => slot < safetyOrders;

    public string Name(int slot) =>
        IsSafety(slot) ? string.Create(CultureInfo.InvariantCulture, $"safety-{slot}")
        : slot == Base ? "base"
        : slot == TakeProfit ? "take-profit"
        : slot == StopLoss ? "stop-loss" : "close";
}
