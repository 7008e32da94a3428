using Trellis.Core.Trading.Effects;

namespace Trellis.Core.Trading;

/// <summary>
/// Whether the exchange lets this key trade. Where it forbids it, everything holds; one order at a time is tried after pauses that grow, and
/// as soon as the exchange has taken one, everything goes on.
/// </summary>
internal sealed class Permission(Outbox outbox)
{
    private const long FirstPause = 10_000;
    private const long LongestPause = 300_000;

    /// <summary>How long the answer to an order that is tried may take.</summary>
    private const long AnswerLimit = 60_000;

    private long tryAt;
    private bool isTrying;
    private int refusals;

    /// <summary>What the exchange said when it forbade us to trade; empty while it has not.</summary>
    public string Forbidden { get; private set; } = "";

    /// <summary>Whether an order may leave. Where it may not, the loop is woken when one may be tried.</summary>
    public bool IsGiven()
    {
        if (Forbidden.Length == 0 || outbox.Now >= tryAt)
        {
            return true;
        }

        outbox.WakeBy(tryAt);
        return false;
    }

    /// <summary>An order leaves: while trading is forbidden it is the only one.</summary>
    public void Use()
    {
        if (Forbidden.Length > 0)
        {
            isTrying = true;
            tryAt = outbox.Now + AnswerLimit;
        }
    }

    /// <summary>The exchange lets us do nothing: that is for a person.</summary>
    public void Forbid(string text)
    {
        if (Forbidden.Length > 0 && !isTrying)
        {
            return;
        }

        isTrying = false;
        tryAt = outbox.Now + Math.Min(LongestPause, FirstPause << Math.Min(10, refusals++));
        if (Forbidden.Length == 0)
        {
            Forbidden = text.Length == 0 ? "not allowed" : text;
            outbox.Alert(AlertLevel.Critical, "not-allowed", -1, $"the exchange does not let this key trade: {text}; everything holds, and one order at a time is tried until it does");
        }
    }

    /// <returns>Whether it was forbidden until now.</returns>
    public bool Allow()
    {
        if (Forbidden.Length == 0)
        {
            return false;
        }

        Forget();
        outbox.Alert(AlertLevel.Information, "allowed-again", -1, "the exchange lets this key trade again");
        return true;
    }

    /// <summary>The process begins, or a person says that it is mended.</summary>
    public void Forget() => (Forbidden, isTrying, refusals) = ("", false, 0);
}
