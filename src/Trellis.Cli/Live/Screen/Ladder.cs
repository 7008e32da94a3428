using Spectre.Console;
using Trellis.Core.Orders;
using Trellis.Core.Trading;
using Trellis.Core.Trading.Orders;
using Trellis.Core.Trading.Views;

namespace Trellis.Cli.Live.Screen;

/// <summary>The bots' open orders of an instrument around its price: highest first, the nearest ones where not all have room.</summary>
internal sealed class Ladder
{
    private const int StateWidth = 13;

    private readonly LiveFacts facts;
    private readonly MarketView view;
    private readonly TradingMarket market;
    private readonly decimal price;
    private readonly IReadOnlyList<ManagedOrder> above;
    private readonly IReadOnlyList<ManagedOrder> below;
    private readonly int foreign;

    public Ladder(LiveFacts facts, TradingView account, MarketView view)
    {
        this.facts = facts;
        this.view = view;
        market = facts.Settings.Markets[view.Market];
        price = view.Bid > 0 ? (view.Bid + view.Ask) / 2 : view.LastClose;
        var orders = account.Orders.Where(order => order.Intent.Market == view.Market).ToList();

        // An order at market has no place on the ladder: it stands at the price. Nearest first, on both sides.
        above = [.. orders.Where(order => PriceOf(order) > price).OrderBy(PriceOf)];
        below = [.. orders.Where(order => PriceOf(order) <= price).OrderByDescending(order => PriceOf(order) == 0 ? decimal.MaxValue : PriceOf(order))];
        foreign = account.ForeignOrders.Count(order => order.Instrument == market.Instrument.Id);
    }

    /// <summary>Title, orders, and the price between them.</summary>
    public int Wanted => above.Count + below.Count == 0 ? 2 : 2 + above.Count + below.Count;

    public ScreenLine Head(int width)
    {
        var (held, unknown) = (Count(OrderState.Planned), Count(OrderState.Unknown));
        var quotes = view.Bid > 0 ? $"{Amounts.Price(view.Bid, market)} / {Amounts.Price(view.Ask, market)}" : view.LastClose > 0 ? $"closed {Amounts.Price(view.LastClose, market)}" : "no price yet";
        var position = view.Size == 0 ? "flat" : $"{(view.Size > 0 ? "long" : "short")} {Amounts.Quantity(Math.Abs(view.Size), market)}";
        var strange = view.ForeignSize == 0 ? "" : $" ({Amounts.Quantity(view.ForeignSize, market)} foreign)";
        return SectionStyle.Title(
            $"{facts.ShortName(view.Market)}  {quotes}  {position}{strange}  {above.Count + below.Count - held - unknown} open{(unknown > 0 ? $", {unknown} UNKNOWN" : "")}{(held > 0 ? $", {held} held" : "")}{(foreign > 0 ? $", {foreign} foreign" : "")}", width);
    }

    public IEnumerable<ScreenLine> Draw(int width, int rows)
    {
        if (rows <= 0)
        {
            return [];
        }

        var head = Head(width);
        return above.Count + below.Count == 0
            ? rows == 1 ? [head] : [head, new ScreenLine("no orders", Palette.Dim)]
            : [head, .. rows < 4 && rows < Wanted ? [Nearest()] : Steps(rows - 2)];
    }

    private int Count(OrderState state) => above.Concat(below).Count(order => order.State == state);

    private static decimal PriceOf(ManagedOrder order) => order.Intent.Kind == OrderKind.Limit ? order.Intent.Price : order.Intent.TriggerPrice;

    private IEnumerable<ScreenLine> Steps(int rows)
    {
        var given = Rows.Divide(rows, [new Claim(1, above.Count), new Claim(1, below.Count)]);
        var (higher, lower) = (above.Take(given[0]).ToList(), below.Take(given[1]).ToList());
        var priceWidth = Width(higher.Concat(lower).Select(PriceText).Append(PriceText(price)));
        var quantityWidth = Width(higher.Concat(lower).Select(Quantity));
        return
        [
            .. higher.Select((order, index) => Step(order, priceWidth, quantityWidth, index + 1 < higher.Count ? "" : More(above.Count - higher.Count, "higher"))).Reverse(),
            new ScreenLine($"     {Cells.Right(PriceText(price), priceWidth)}  {(view.Bid > 0 ? "price" : price > 0 ? "last close" : "no price")}", Palette.Bold),
            .. lower.Select((order, index) => Step(order, priceWidth, quantityWidth, index + 1 < lower.Count ? "" : More(below.Count - lower.Count, "lower"))),
        ];
    }

    /// <summary>The furthest order that has room says how many have none.</summary>
    private static string More(int hidden, string where) => hidden > 0 ? $"  … {hidden:N0} more {where}" : "";

    private static int Width(IEnumerable<string> texts) => texts.Select(Cells.Width).Append(0).Max();

    private ScreenLine Step(ManagedOrder order, int priceWidth, int quantityWidth, string more)
    {
        var intent = order.Intent;
        var style = Palette.Of(intent.Side);
        var line = new ScreenLine()
            .Add(Cells.Left(LiveWords.Of(intent.Side), 5), style)
            .Add(Cells.Right(PriceText(order), priceWidth), style)
            .Add("  " + Cells.Right(Distance(order), 9), Palette.Dim)
            .Add("  " + Cells.Right(Quantity(order), quantityWidth))
            .Add("  ")
            .Add(LiveWords.Of(order.State), StateStyle(order.State))
            .Add(new string(' ', StateWidth - LiveWords.Of(order.State).Length))
            .Add($" {facts.Bot(intent.Bot)} {(order.Slot < 0 ? "risk" : order.Slot)}", Palette.Dim);
        line.Add(more, Palette.Bold);
        if (intent.Kind is OrderKind.TriggerAtOrBelow or OrderKind.TriggerAtOrAbove)
        {
            line.Add(intent.Kind == OrderKind.TriggerAtOrBelow ? " trigger ≤" : " trigger ≥", Palette.Dim);
        }

        return order.Reason.Length > 0 && order.State is OrderState.Planned or OrderState.Unknown ? line.Add($": {facts.Redaction.Clean(order.Reason)}", Palette.Doubtful) : line;
    }

    private static Style StateStyle(OrderState state) => state switch
    {
        OrderState.Unknown => Palette.Alarm,
        OrderState.Planned or OrderState.Canceling or OrderState.Amending or OrderState.Submitting => Palette.Doubtful,
        _ => Palette.Plain,
    };

    private ScreenLine Nearest()
    {
        var line = new ScreenLine();
        foreach (var (orders, word) in new[] { (below, "below"), (above, "above") })
        {
            line.Add(orders.Count == 0 ? $"none {word}   " : $"{orders.Count:N0} {word}, nearest {PriceText(orders[0])} {Distance(orders[0])}   ");
        }

        return line;
    }

    private string PriceText(decimal value) => value == 0 ? "–" : Amounts.Price(value, market);

    private string PriceText(ManagedOrder order) => PriceOf(order) is 0 ? "market" : PriceText(PriceOf(order));

    private string Distance(ManagedOrder order) => PriceOf(order) is var at && at > 0 && price > 0 ? Amounts.Percent(((at / price) - 1) * 100) : "";

    private string Quantity(ManagedOrder order) => order.Intent.ClosePosition
        ? "position"
        : Amounts.Quantity(order.Intent.Quantity - Math.Min(order.BookedQuantity, order.Intent.Quantity), market);
}
