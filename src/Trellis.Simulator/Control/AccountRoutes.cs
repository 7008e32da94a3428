using Microsoft.AspNetCore.Http;
using Trellis.Core.Matching.Accounts;
using Trellis.Core.Matching.Commands;

namespace Trellis.Simulator.Control;

/// <summary>Shows accounts, and pays in and out.</summary>
internal static class AccountRoutes
{
    private const decimal MostAmount = 1_000_000_000m;

    public static IEnumerable<ControlRoute> Of(ControlContext context) =>
    [
        ControlRoute.Now("GET", "/sim/accounts/{name}", request =>
        {
            request.ReadNothing();
            return Show(context, request.Arguments[0]);
        }),
        new("POST", "/sim/accounts/{name}/transfer", async request =>
        {
            var account = Find(context, request.Arguments[0]);
            var amount = request.Read(reader => reader.Number("amount", -MostAmount, MostAmount, required: true))!.Value;
            var outcome = await context.Exchange.ExecuteAsync<AccountSummary>(now => new Transfer(now, account, amount));
            return outcome.Succeeded(out _, out var refusal)
                ? Show(context, request.Arguments[0])
                : throw new ControlException(StatusCodes.Status409Conflict, refusal.Detail, "amount", amount.ToString(System.Globalization.CultureInfo.InvariantCulture), "what the account can spare");
        }),
    ];

    private static AccountId Find(ControlContext context, string name) => context.Accounts.TryGetValue(name, out var account)
        ? account
        : throw new ControlException(StatusCodes.Status404NotFound, $"there is no account {name}", "name", name, string.Join(", ", context.Accounts.Keys));

    private static object Show(ControlContext context, string name)
    {
        var account = Find(context, name);
        var (summary, orders, conditionals) = context.Exchange.Read(engine => (engine.Summarize(account), engine.OpenOrders(account, -1).Count, engine.OpenConditionals(account, -1).Count));
        return new
        {
            name,
            wallet_balance = summary.WalletBalance,
            unrealized_profit = summary.UnrealizedProfit,
            margin_balance = summary.MarginBalance,
            initial_margin = summary.InitialMargin,
            maintenance_margin = summary.MaintenanceMargin,
            available_balance = summary.AvailableBalance,
            hedge_mode = summary.HedgeMode,
            open_orders = orders,
            conditional_orders = conditionals,
            positions = summary.Positions.Where(position => position.Quantity != 0).Select(position => new
            {
                instrument = context.Driver.Plan.Instruments[position.Instrument].Instrument.Id.Symbol,
                side = position.Side.ToString().ToLowerInvariant(),
                quantity = position.Quantity,
                entry_price = position.EntryPrice,
                mark_price = position.MarkPrice,
                unrealized_profit = position.UnrealizedProfit,
                liquidation_price = position.LiquidationPrice,
                leverage = position.Leverage,
            }).ToList(),
        };
    }
}
