using Trellis.Data.Format;
using Trellis.Research.Backtesting;
using Trellis.Research.Results;

namespace Trellis.Cli.Backtest;

/// <summary>A setup together with the open files that its candles lie in.</summary>
internal sealed class PreparedRun(BacktestSetup setup, IReadOnlyList<InstrumentSource> sources, IReadOnlyList<MappedCandles> files) : IDisposable
{
    public BacktestSetup Setup { get; } = setup;

    public IReadOnlyList<InstrumentSource> Sources { get; } = sources;

    public void Dispose()
    {
        foreach (var file in files)
        {
            file.Dispose();
        }
    }
}
