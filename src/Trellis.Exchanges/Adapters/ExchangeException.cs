using Trellis.Core;
using Trellis.Core.Trading.Inputs;

namespace Trellis.Exchanges.Adapters;

/// <summary>A question that an exchange did not answer, or refused.</summary>
/// <param name="kind">Refused: the exchange said no; Unknown: no readable answer; NotSent: it never left.</param>
/// <param name="refusal">Why it was refused.</param>
/// <param name="retryAfter">How long the exchange wants to be left alone; zero where it does not say.</param>
public sealed class ExchangeException(string message, AnswerKind kind, RefusalKind refusal, TimeSpan retryAfter, Exception? inner = null) : TrellisException(message, inner)
{
    public AnswerKind Kind { get; } = kind;

    public RefusalKind Refusal { get; } = refusal;

    public TimeSpan RetryAfter { get; } = retryAfter;

    public override int ExitCode => 1;
}
