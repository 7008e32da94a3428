using Trellis.Core.Matching.Commands;

namespace Trellis.Simulator.MarketData;

/// <summary>The best levels of a book at one instant, best first.</summary>
/// <param name="UpdateId">Of the last change of the book that the levels hold.</param>
/// <param name="Time">Of that change, Unix milliseconds.</param>
public sealed record DepthView(IReadOnlyList<QuoteLevel> Bids, IReadOnlyList<QuoteLevel> Asks, long UpdateId, long Time);
