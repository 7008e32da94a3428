using Trellis.Core.Trading.Bots;
using Trellis.Core.Trading.Effects;

namespace Trellis.Core.Trading.Planning;

/// <summary>What may happen to a bot's orders now.</summary>
internal enum Passage : byte
{
    /// <summary>The plan is carried out.</summary>
    Open,

    /// <summary>Nothing new leaves; what the plan does not want is cancelled.</summary>
    Hold,

    /// <summary>Everything stays as it is.</summary>
    Frozen,

    /// <summary>Whatever the plan says, there should be no order.</summary>
    Gone,
}

/// <summary>Fails closed: nothing that adds risk leaves before the account is understood, while news of it is missing, or against a person's will.</summary>
internal sealed class Gate(LoopState state)
{
    /// <summary>How long the user stream may be away before nothing new leaves, milliseconds.</summary>
    private const long StreamGrace = 3_000;

    /// <param name="bot">Whose order it is.</param>
    /// <param name="reduces">Whether the order can only close.</param>
    /// <param name="why">For people; empty where it is open.</param>
    public Passage For(BotRun bot, bool reduces, out string why)
    {
        why = "";
        if (state.IsKilled || bot.State is BotState.Stopped or BotState.Stopping)
        {
            why = state.IsKilled ? "kill switch" : "bot stopped";
            return Passage.Gone;
        }

        if (state.IsStopping)
        {
            why = "shutting down";
            return state.CancelsOnStop ? Passage.Gone : Passage.Frozen;
        }

        if (!state.HasStarted || !state.Permission.IsGiven())
        {
            why = state.HasStarted ? "not allowed to trade" : "not started";
            return Passage.Frozen;
        }

        if (reduces)
        {
            return Passage.Open;
        }

        why = bot.State switch
        {
            BotState.Failed => "bot failed",
            BotState.Paused => "paused",
            _ when !state.IsReconciled => "not reconciled yet",
            _ when state.Now - state.UserStreamLostAt > StreamGrace => "no news of the account",
            _ => "",
        };
        return bot.State == BotState.Failed ? Passage.Gone : why.Length > 0 ? Passage.Hold : Passage.Open;
    }
}
