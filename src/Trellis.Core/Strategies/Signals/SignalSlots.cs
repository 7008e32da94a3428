namespace Trellis.Core.Strategies.Signals;

/// <summary>The slots of a signal bot. A position is closed before another one is opened at the same open, so its slot comes first.</summary>
public static class SignalSlots
{
    public const int Close = 0;
    public const int Entry = 1;
    public const int StopLoss = 2;
    public const int TakeProfit = 3;
    public const int Count = 4;

    public static string NameOf(int slot) => slot switch
    {
        Close => "close",
        Entry => "entry",
        StopLoss => "stop-loss",
        _ => "take-profit",
    };
}
