using Trellis.Core.Numerics;

namespace Trellis.Simulator.Faults;

/// <summary>A rule at work: whether it has begun, is over, and how often it has fired. Used under its plan's lock.</summary>
/// <param name="random">Of this rule alone, so that rules don't disturb each other's luck.</param>
/// <param name="loadedAt">Time of day at which it came into the plan, Unix milliseconds.</param>
internal sealed class ActiveFault(FaultRule rule, DeterministicRandom random, long loadedAt)
{
    private bool _hasBegun;
    private bool _isOver;
    private long _beganAt;
    private long _occurrences;

    public FaultRule Rule => rule;

    public FaultStage Stage { get; } = rule.Kind.Stage();

    /// <summary>Whether it meets something that repeats, or else happens once.</summary>
    public bool IsRepeated { get; } = rule.Kind.Stage().IsRepeated() || rule.Every > 1 || rule.Probability < 1;

    public long Requests { get; private set; }

    public long Fired { get; private set; }

    /// <summary>Whether the exchange is at present as this rule wants it.</summary>
    public bool IsApplied { get; set; }

    /// <summary>What the exchange was like before; null for nothing to go back to.</summary>
    public Action? Revert { get; set; }

    public FaultStatus StatusAt(long day, long market)
    {
        var open = IsOpen(day, market);
        return new FaultStatus(rule.Id, rule.Kind, open ? FaultState.Active : _isOver ? FaultState.Over : FaultState.Waiting, Requests, Fired);
    }

    /// <summary>A matching request has come.</summary>
    public void Count() => Requests++;

    public void Fire() => Fired++;

    /// <param name="day">Time of day, Unix milliseconds.</param>
    /// <param name="market">Market time, Unix milliseconds.</param>
    public bool IsOpen(long day, long market)
    {
        if (!_hasBegun && HasBegun(day, market))
        {
            _hasBegun = true;
            _beganAt = rule.At ?? (rule.After is { } after ? loadedAt + (long)after.TotalMilliseconds : day);
        }

        _isOver = _isOver || (_hasBegun && IsOver(rule.At is null ? day : market));
        return _hasBegun && !_isOver;
    }

    /// <summary>Whether the fault meets this occurrence; each is asked about once.</summary>
    public bool Strikes(long day, long market)
    {
        if (!IsOpen(day, market))
        {
            return false;
        }

        _occurrences++;
        return rule.Every > 1 ? _occurrences % rule.Every == 0
            : rule.Probability >= 1 || random.NextUnit() < rule.Probability;
    }

    /// <summary>Whether a condition holds; it fires once, when it begins.</summary>
    public bool Holds(long day, long market)
    {
        var open = IsOpen(day, market);
        Fired = open && Fired == 0 ? 1 : Fired;
        return open;
    }

    private bool HasBegun(long day, long market) =>
        rule.At is { } at ? market >= at
        : rule.After is { } after ? day >= loadedAt + (long)after.TotalMilliseconds
        : Requests >= (rule.AfterRequests ?? 0);

    private bool IsOver(long now) =>
        (rule.For is { } length && now >= _beganAt + (long)length.TotalMilliseconds)
        || (rule.Count is { } count && Fired >= count)
        || (Stage == FaultStage.Signal && !IsRepeated && Fired > 0);
}

public enum FaultState
{
    /// <summary>Its beginning has not come.</summary>
    Waiting,
    Active,
    Over,
}

/// <summary>How far a fault is.</summary>
/// <param name="Requests">Matching requests that it has seen.</param>
/// <param name="Fired">How often it fired; a condition fires once, when it begins.</param>
public sealed record FaultStatus(string Id, FaultKind Kind, FaultState State, long Requests, long Fired);
