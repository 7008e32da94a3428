using Trellis.Core.Trading.Views;
using Trellis.Exchanges.Adapters;

namespace Trellis.Engine;

/// <summary>An engine at one instant.</summary>
/// <param name="View">The account.</param>
/// <param name="Health">Of the connection.</param>
/// <param name="Sequence">Of the last input.</param>
/// <param name="Committed">Of the last input on disk.</param>
/// <param name="StorageTrouble">Why commits fail; empty while they do not.</param>
/// <param name="Waiting">Inputs that wait for the loop.</param>
/// <param name="Requests">Requests under way.</param>
public sealed record EngineStatus(TradingView View, AdapterHealth Health, long Sequence, long Committed, string StorageTrouble, int Waiting, int Requests);
