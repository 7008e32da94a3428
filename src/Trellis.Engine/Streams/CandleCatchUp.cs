namespace Trellis.Engine.Streams;

/// <summary>Fetches the candles that closed while nobody listened.</summary>
internal sealed class CandleCatchUp(EngineSetup setup, EngineClock clock)
{
    private const int Page = 1_000;

    public async Task RunAsync(int market, CandleDoor door, CancellationToken cancellation)
    {
        var length = setup.Interval.Milliseconds;
        var instrument = setup.Settings.Markets[market].Instrument.Id;
        var from = door.Last == long.MinValue ? ((clock.Now / length) - setup.History[market]) * length : door.Last + length;
        while (true)
        {
            var candles = await setup.Adapter.MarketData.GetCandlesAsync(instrument, setup.Interval, from, Page, cancellation);
            foreach (var candle in candles)
            {
                door.AddFetched(candle);
            }

            if (candles.Count < Page)
            {
                door.CaughtUp();
                return;
            }

            from = candles[^1].OpenTime + length;
        }
    }
}
