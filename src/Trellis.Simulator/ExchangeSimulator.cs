using System.Net;
using System.Text;
using Microsoft.AspNetCore.Http;
using Trellis.Core.Matching;
using Trellis.Simulator.Exchange;
using Trellis.Simulator.Faults;
using Trellis.Simulator.Hosting;
using Trellis.Simulator.Keeping;
using Trellis.Simulator.MarketData;
using Trellis.Simulator.Markets;
using Trellis.Simulator.Recording;
using Trellis.Simulator.Venues.Binance;

namespace Trellis.Simulator;

/// <summary>The whole exchange in one process: engine, market, venue and server, started and stopped in order.</summary>
public sealed class ExchangeSimulator : IAsyncDisposable
{
}
