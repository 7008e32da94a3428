using Trellis.Core;
using Trellis.Core.Markets;
using Trellis.Data.Format;

namespace Trellis.Data.Store;

/// <summary>Maps identities to <c>exchange/market/SYMBOL/interval.candles</c> and refuses names that are no plain folder names.</summary>
internal static class StorePath
{
    private const int MaxExchange = 30;
    private const int MaxSymbol = 40;

    /// <exception cref="ConfigurationException">Exchange or symbol has characters that are not allowed.</exception>
    public static string For(string directory, InstrumentId id, Interval interval)
    {
        if (id.Exchange is not { Length: > 0 and <= MaxExchange } exchange || !exchange.All(c => c is (>= 'a' and <= 'z') or (>= '0' and <= '9') or '-' or '_'))
        {
            throw new ConfigurationException($"exchange '{id.Exchange}' is not a name; allowed are 1 to {MaxExchange} of a-z, 0-9, '-' and '_', such as 'binance'");
        }

        if (id.Symbol is not { Length: > 0 and <= MaxSymbol } symbol || !symbol.All(c => c is (>= 'A' and <= 'Z') or (>= '0' and <= '9') or '-' or '_'))
        {
            throw new ConfigurationException($"symbol '{id.Symbol}' is not a name; allowed are 1 to {MaxSymbol} of A-Z, 0-9, '-' and '_', such as 'BTCUSDT'");
        }

        return Path.Combine(directory, exchange, id.Market == MarketKind.Spot ? "spot" : "perp", symbol, interval + CandleFile.Extension);
    }
}
