using Trellis.Core.Markets;
using Trellis.Core.Trading.Inputs;
using Trellis.Core.Trading.Venues;
using Trellis.Exchanges.Adapters;
using Trellis.Exchanges.Binance.Json;
using Trellis.Exchanges.Binance.Requests;

namespace Trellis.Exchanges.Binance.Trading;

/// <summary>How the account is set, and what its key may do.</summary>
/// <param name="hasWallet">Whether there is a service that tells the key's permissions.</param>
internal sealed class BinanceSettings(BinanceRest rest, bool hasWallet)
{
    private static readonly Dictionary<string, int> NoLeverages = new(StringComparer.Ordinal);

    public async Task<AccountFacts> GetFactsAsync(CancellationToken cancellation)
    {
        var facts = await rest.ReadAsync(Ask("/fapi/v1/accountConfig", 5), static account => new AccountFacts(
            account.OptionalFlag("canTrade"), null, null, account.OptionalFlag("dualSidePosition"), account.OptionalFlag("multiAssetsMargin")), cancellation);
        if (!hasWallet)
        {
            return facts;
        }

        var permissions = Ask("/sapi/v1/account/apiRestrictions", 1) with { IsWallet = true };
        return await rest.ReadAsync(
            permissions,
            key => facts with
            {
                MayTrade = key.OptionalFlag("enableFutures") is { } allowed ? facts.MayTrade is not false && allowed : facts.MayTrade,
                MayWithdraw = key.OptionalFlag("enableWithdrawals"),
                IsBoundToAddresses = key.OptionalFlag("ipRestrict"),
            },
            cancellation);
    }

    /// <summary>Open positions of an instrument.</summary>
    public Task<IReadOnlyList<VenuePosition>> GetPositionsAsync(InstrumentId instrument, CancellationToken cancellation)
    {
        var spec = Ask("/fapi/v3/positionRisk", 5);
        spec.Parameters.Add("symbol", Words.SymbolOf(instrument));
        return rest.ReadAsync(spec, static list => AccountReader.Positions(list, NoLeverages), cancellation);
    }

    public Task SetLeverageAsync(InstrumentId instrument, int leverage, CancellationToken cancellation) =>
        SetAsync("/fapi/v1/leverage", new RequestParameters().Add("symbol", Words.SymbolOf(instrument)).Add("leverage", leverage), unchanged: 0, cancellation);

    public Task SetHedgeModeAsync(bool hedgeMode, CancellationToken cancellation) =>
        SetAsync("/fapi/v1/positionSide/dual", new RequestParameters().Add("dualSidePosition", hedgeMode ? "true" : "false"), ErrorCodes.PositionModeUnchanged, cancellation);

    public Task SetCrossMarginAsync(InstrumentId instrument, CancellationToken cancellation) =>
        SetAsync("/fapi/v1/marginType", new RequestParameters().Add("symbol", Words.SymbolOf(instrument)).Add("marginType", "CROSSED"), ErrorCodes.MarginTypeUnchanged, cancellation);

    private async Task SetAsync(string path, RequestParameters parameters, int unchanged, CancellationToken cancellation)
    {
        var spec = new RequestSpec(HttpMethod.Post, path, 1, Access.Signature, Purpose.Setting) { Parameters = parameters };
        var answer = await rest.SendAsync(spec, cancellation);
        if (answer.Kind != AnswerKind.Accepted && (unchanged == 0 || answer.Code != unchanged))
        {
            throw BinanceRest.Failure(spec, answer);
        }
    }

    private static RequestSpec Ask(string path, int weight) => new(HttpMethod.Get, path, weight, Access.Signature, Purpose.Read);
}
