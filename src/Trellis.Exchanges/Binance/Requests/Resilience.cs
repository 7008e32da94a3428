using Polly;
using Polly.CircuitBreaker;
using Polly.Retry;
using Polly.Timeout;
using Trellis.Core.Numerics;

namespace Trellis.Exchanges.Binance.Requests;

/// <summary>How failures are met: questions and cancels are asked again with growing, scattered pauses; where much fails, everything but cancels rests for a while.</summary>
internal sealed class Resilience
{
    private const int Retries = 3;

    private readonly CircuitBreakerStateProvider _state = new();

    public Resilience(TimeProvider time, TimeSpan timeout)
    {
        var random = new DeterministicRandom((ulong)time.GetUtcNow().UtcTicks);
        var gate = new Lock();
        Again = new ResiliencePipelineBuilder<WireAnswer> { TimeProvider = time }
            .AddRetry(new RetryStrategyOptions<WireAnswer>
            {
                MaxRetryAttempts = Retries,
                ShouldHandle = static arguments => ValueTask.FromResult(arguments.Outcome.Result is { IsTransient: true }),
                DelayGenerator = arguments =>
                {
                    // Half to all of 200, 400 and 800 ms.
                    double unit;
                    lock (gate)
                    {
                        unit = random.NextUnit();
                    }

                    return ValueTask.FromResult<TimeSpan?>(TimeSpan.FromMilliseconds((100 << arguments.AttemptNumber) * (1 + unit)));
                },
            })
            .Build();
        Guarded = new ResiliencePipelineBuilder<WireAnswer> { TimeProvider = time }
            .AddCircuitBreaker(new CircuitBreakerStrategyOptions<WireAnswer>
            {
                FailureRatio = 0.5,
                MinimumThroughput = 8,
                SamplingDuration = TimeSpan.FromSeconds(30),
                BreakDuration = TimeSpan.FromSeconds(5),
                StateProvider = _state,
                ShouldHandle = static arguments => ValueTask.FromResult(
                    arguments.Outcome is { Exception: TimeoutRejectedException } or { Result: { IsTransient: true, Code: not ErrorCodes.TimestampOutside } }),
            })
            .AddTimeout(new TimeoutStrategyOptions { Timeout = timeout })
            .Build();
        TimeLimited = new ResiliencePipelineBuilder<WireAnswer> { TimeProvider = time }
            .AddTimeout(new TimeoutStrategyOptions { Timeout = timeout })
            .Build();
    }

    /// <summary>Repeats what may be answered a moment later.</summary>
    public ResiliencePipeline<WireAnswer> Again { get; }

    /// <summary>One attempt with circuit breaker and time limit.</summary>
    public ResiliencePipeline<WireAnswer> Guarded { get; }

    /// <summary>One attempt with a time limit alone: a cancel is tried even where all else rests.</summary>
    public ResiliencePipeline<WireAnswer> TimeLimited { get; }

    public bool IsOpen => _state.CircuitState is CircuitState.Open or CircuitState.Isolated;
}
