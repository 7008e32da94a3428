using Trellis.Core.Markets;

namespace Trellis.Core.Trading.Planning;

/// <summary>What is wanted of a slot, with all that it follows from: it is worked out anew only when one of that has changed.</summary>
/// <param name="Order">What is wanted.</param>
/// <param name="Cycle">Of the plan: another order has another one; 0 for no wish.</param>
/// <param name="Filled">In this cycle.</param>
/// <param name="AtMarket">A trigger that goes at market.</param>
/// <param name="Books">For an order that closes: how often books had changed; −1 where they don't matter.</param>
/// <param name="Rules">Whose lots it was rounded to.</param>
internal readonly record struct Wish(WantedOrder Order, int Cycle, decimal Filled, bool AtMarket, long Books, InstrumentRules? Rules)
{
    public bool Holds(int cycle, decimal filled, bool atMarket, long books, InstrumentRules rules) =>
        Cycle == cycle && AtMarket == atMarket && (Books < 0 || (Books == books && ReferenceEquals(Rules, rules))) && Filled == filled;
}
