using Trellis.Core.Matching.Accounts;
using Trellis.Core.Matching.Book;
using Trellis.Core.Matching.Orders;

namespace Trellis.Core.Matching.Trading;

/// <summary>What an order would trade at once, without trading.</summary>
/// <param name="Notional">In money units.</param>
/// <param name="MeanPriceUp">Mean price in price units, rounded up; 0 where nothing would trade.</param>
internal readonly record struct Sweep(long Quantity, Int128 Notional, int MeanPriceUp)
{
    /// <summary>To the unit: with self-trade prevention, and with what reduce-only orders lose on the way as their positions shrink.</summary>
    /// <param name="limit">The last price that it may trade at.</param>
    public static Sweep Of(Market market, MarginAccount account, OrderRequest request, int limit, long quantity)
    {
        var left = quantity;
        Int128 sum = 0;
        var prevents = !account.IsHouse && request.SelfTradePrevention != SelfTradePrevention.None;
        Dictionary<(MarginAccount, int Slot), long>? traded = null;
        for (var level = market.Book.Against(request.Side).Best; left > 0 && level is not null && OrderBook.Crosses(request.Side, limit, level.Price); level = level.Worse)
        {
            for (var maker = level.First; left > 0 && maker is not null; maker = maker.Behind)
            {
                if (prevents && maker.Account == account)
                {
                    if (request.SelfTradePrevention == SelfTradePrevention.ExpireMaker)
                    {
                        continue;
                    }

                    return Made(market, quantity - left, sum);
                }

                var taken = Math.Min(left, maker.Remaining);
                if (!maker.Account.IsHouse)
                {
                    traded ??= [];
                    var before = traded.GetValueOrDefault((maker.Account, maker.Slot));
                    taken = maker.Reduces ? Math.Min(taken, Closable(maker, before, maker.Account == account ? quantity - left : 0)) : taken;
                    traded[(maker.Account, maker.Slot)] = before + taken;
                }

                left -= taken;
                sum += Math.BigMul(level.Price, taken);
            }
        }

        return Made(market, quantity - left, sum);
    }

    /// <summary>What a reducing order can still close after its account has traded on its side, and against it as the taker itself.</summary>
    private static long Closable(LiveOrder maker, long traded, long taken) =>
        Math.Max(0, maker.Account.On(maker.Market).Closable(maker.Slot, maker.Side) - traded + taken);

    private static Sweep Made(Market market, long quantity, Int128 sum) =>
        new(quantity, sum * market.Units.NotionalFactor, quantity == 0 ? 0 : (int)((sum + quantity - 1) / quantity));
}
