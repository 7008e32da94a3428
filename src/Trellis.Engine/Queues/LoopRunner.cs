using Trellis.Core.Trading;
using Trellis.Core.Trading.Effects;
using Trellis.Core.Trading.Inputs;
using Trellis.Engine.Journal;
using Trellis.Engine.Observing;

namespace Trellis.Engine.Queues;

/// <summary>Feeds the loop: stamps inputs, journals those that mattered, hands effects on. One thread at a time.</summary>
internal sealed class LoopRunner(TradingLoop loop, IJournal journal, EngineClock clock, Observers observers, Action<string>? checkpoint)
{
    private readonly UnwrittenQuotes unwritten = new(loop.Settings.Markets.Count);
    private List<TradingEffect> effects = [];
    private long sequence = journal.Identity.LastSequence;
    private long lastTime;

    /// <summary>Where effects go: sequence of the input, what followed from it.</summary>
    public Action<long, IReadOnlyList<TradingEffect>> Carry { get; set; } = static (_, _) => { };

    /// <summary>What the loop threw; nothing is taken up after it.</summary>
    public Exception? Defect { get; private set; }

    public Action<Exception> Failed { get; set; } = static _ => { };

    /// <summary>Of the last input that was journaled.</summary>
    public long Sequence => Volatile.Read(ref sequence);

    public void Take(Work work)
    {
        if (work.Visit is { } visit)
        {
            visit();
        }
        else if (Defect is null)
        {
            try
            {
                Take(work.Input!);
            }
#pragma warning disable CA1031 // A defect in a decision must stop trading, not the reader's thread that happens to carry it.
            catch (Exception exception)
#pragma warning restore CA1031
            {
                Defect = exception;
                Failed(exception);
            }
        }
    }

    private void Take(TradingInput input)
    {
        lastTime = Math.Max(lastTime, clock.Now);
        input = input with { Time = lastTime };
        if (!loop.Handle(input, effects))
        {
            unwritten.Keep((QuoteChanged)input);
            return;
        }

        var followed = effects;
        effects = new List<TradingEffect>(Math.Max(4, followed.Count));
        foreach (var quote in unwritten.Take(input))
        {
            journal.Append(new JournalItem(++sequence, quote, []));
        }

        var number = sequence + 1;
        journal.Append(new JournalItem(number, input, followed));
        Volatile.Write(ref sequence, number);
        if (checkpoint is not null)
        {
            Reach(input);
        }

        observers.Happened(number, input, followed);
        Carry(number, followed);
    }

    private void Reach(TradingInput input)
    {
        checkpoint!(input switch
        {
            FillReported => "after-booking",
            PlaceAnswered => "after-acknowledgement",
            SnapshotTaken => "after-reconciliation",
            _ => "after-input",
        });
    }
}
