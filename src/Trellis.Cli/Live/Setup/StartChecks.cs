using Trellis.Cli.Backtest;
using Trellis.Configuration.Model;
using Trellis.Core;
using Trellis.Core.Markets;
using Trellis.Core.Trading;
using Trellis.Exchanges.Adapters;

namespace Trellis.Cli.Live.Setup;

/// <summary>What has to be true of an account before a bot may trade on it. All of it is looked at, and all that is wrong is said at once.</summary>
internal sealed class StartChecks(IExchangeAdapter adapter, LiveAccount account, Document document, TradingSettings settings, Action<string> warn)
{
    private const long LargestClockOffset = 10_000;

    private readonly List<string> problems = [];

    /// <param name="isNew">Nothing was traded yet under these settings: ladder and money are looked at too.</param>
    /// <param name="cancellation">Ends it early.</param>
    /// <exception cref="ConfigurationException">Something has to be changed first; every problem, one a line.</exception>
    /// <exception cref="ExchangeException">The exchange did not answer.</exception>
    public async Task RunAsync(bool isNew, CancellationToken cancellation)
    {
        var offset = adapter.Health.ClockOffset;
        if (Math.Abs(offset) > LargestClockOffset)
        {
            warn($"this machine's clock is {offset} ms off the exchange's; requests are stamped by the exchange's clock, but logs are not: set it");
        }

        var facts = await adapter.Trading.GetAccountFactsAsync(cancellation);
        Rights(facts);
        await ModeAsync(facts, cancellation);
        if (isNew)
        {
            await MoneyAsync(cancellation);
        }

        if (problems.Count > 0)
        {
            throw new ConfigurationException(string.Join('\n', problems));
        }

        await LeverageAsync(cancellation);
    }

    private void Rights(AccountFacts facts)
    {
        if (facts.MayTrade == false)
        {
            problems.Add($"account {account.Key}: the key may not trade; allow futures trading for it at the exchange");
        }

        if (facts.MayWithdraw == true && account.Environment == ExchangeEnvironment.Mainnet)
        {
            problems.Add($"account {account.Key}: the key may withdraw money; a bot never needs that right: make a key without it");
        }

        if (facts.IsBoundToAddresses == false)
        {
            warn("the key works from any address; bind it to this machine's address at the exchange");
        }

        if (facts.MultiAssetMargin == true)
        {
            problems.Add($"account {account.Key}: it is in multi-assets mode, where other currencies count as margin; only single-asset mode is supported: change it at the exchange");
        }
    }

    private async Task ModeAsync(AccountFacts facts, CancellationToken cancellation)
    {
        if (facts.HedgeMode is { } hedge && hedge != settings.HedgeMode)
        {
            try
            {
                await adapter.Trading.SetHedgeModeAsync(settings.HedgeMode, cancellation);
                warn($"the account was in {Mode(hedge)} mode and is in {Mode(settings.HedgeMode)} mode now, as the configuration says");
            }
            catch (ExchangeException exception)
            {
                problems.Add($"account.position_mode is {Mode(settings.HedgeMode)} and the account at the exchange is in {Mode(hedge)} mode, which can't be changed while it has positions or orders ({exception.Message}): close them, or change account.position_mode");
            }
        }
    }

    private async Task MoneyAsync(CancellationToken cancellation)
    {
        var snapshot = await adapter.Trading.TakeSnapshotAsync([], 0, [], cancellation);
        var wallet = snapshot.Balances.FirstOrDefault(balance => balance.Currency == settings.Currency)?.Wallet ?? 0m;
        if (wallet < document.Account.Balance)
        {
            problems.Add($"account.balance: the bots count on {document.Account.Balance} {settings.Currency}, and the wallet at the exchange holds {wallet:0.########}; allowed: at most that");
        }

        var tickers = await adapter.MarketData.GetTickersAsync(cancellation);
        for (var i = 0; i < document.Bots.Count; i++)
        {
            var market = settings.Markets[settings.Bots[i].Markets[0]];
            var price = tickers.FirstOrDefault(ticker => ticker.Instrument.Symbol == market.Instrument.Id.Symbol)?.Last;
            Ladder(document.Bots[i], $"bots[{i}]", market, price);
        }
    }

    private void Ladder(BotOptions bot, string path, TradingMarket market, decimal? price)
    {
        var strategy = BotStrategy.Of(bot)!;
        var start = strategy.StartsAtFirstClose && price is { } last ? market.Units.ToPrice(market.Units.NearestTick(last, market.Rules)) : (decimal?)null;
        problems.AddRange(LadderCheck.Problems($"{path}.{strategy.Section}", strategy, market.Units, market.Rules, document.Account.Balance, start).Select(problem => problem.ToString()));
    }

    /// <summary>Cross margin, and as much leverage as the most demanding bot of an instrument has.</summary>
    private async Task LeverageAsync(CancellationToken cancellation)
    {
        for (var index = 0; index < settings.Markets.Count; index++)
        {
            var instrument = settings.Markets[index].Instrument.Id;
            if (instrument.Market == MarketKind.Spot)
            {
                continue;
            }

            var leverage = (int)Math.Ceiling(settings.Bots.Where(bot => bot.Markets.Contains(index)).Max(bot => bot.Leverage));
            await TryAsync(() => adapter.Trading.SetCrossMarginAsync(instrument, cancellation), $"{instrument}: cross margin could not be set");
            await TryAsync(() => adapter.Trading.SetLeverageAsync(instrument, leverage, cancellation), $"{instrument}: leverage {leverage} could not be set");
        }
    }

    private async Task TryAsync(Func<Task> change, string what)
    {
        try
        {
            await change();
        }
        catch (ExchangeException exception)
        {
            warn($"{what}: {exception.Message}");
        }
    }

    private static string Mode(bool hedge) => hedge ? "hedge" : "one_way";
}
