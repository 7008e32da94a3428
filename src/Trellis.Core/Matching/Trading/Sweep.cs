using Trellis.Core.Matching.Accounts;
using Trellis.Core.Matching.Book;
using Trellis.Core.Matching.Orders;

namespace Trellis.Core.Matching.Trading;

/// <summary>What an order would trade at once, without trading.</summary>
/// <param name="Notional">In money units.</param>
/// <param name="MeanPriceUp">Mean price in price units, rounded up; 0 where nothing would trade.</param>
internal readonly record struct Sweep(long Quantity, Int128 Notional, int MeanPriceUp)
{
    /// <param name="limit">The last price that it may trade at.</param>
    public static Sweep Of(Market market, MarginAccount account, OrderRequest request, int limit, long quantity)
    {
        long left = quantity;
        Int128 sum = 0;
        var prevents = !account.IsHouse && request.SelfTradePrevention != SelfTradePrevention.None;
        for (var level = market.Book.Against(request.Side).Best; left > 0 && level is not null && OrderBook.Crosses(request.Side, limit, level.Price); level = level.Worse)
        {
            if (!prevents)
            {
                var taken = Math.Min(left, level.Quantity);
                left -= taken;
                sum += Math.BigMul(level.Price, taken);
                continue;
            }

            for (var maker = level.First; left > 0 && maker is not null; maker = maker.Behind)
            {
                if (maker.Account == account)
                {
                    if (request.SelfTradePrevention == SelfTradePrevention.ExpireMaker)
                    {
                        continue;
                    }

                    return Made(market, quantity - left, sum);
                }

                var taken = Math.Min(left, maker.Remaining);
                left -= taken;
                sum += Math.BigMul(level.Price, taken);
            }
        }

        return Made(market, quantity - left, sum);
    }

    private static Sweep Made(Market market, long quantity, Int128 sum) =>
        new(quantity, sum * market.Units.NotionalFactor, quantity == 0 ? 0 : (int)((sum + quantity - 1) / quantity));
}
