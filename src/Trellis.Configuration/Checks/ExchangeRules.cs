using System.Globalization;
using Trellis.Configuration.Model;
using Trellis.Configuration.Tree;

namespace Trellis.Configuration.Checks;

/// <summary>The settings of the exchange go together.</summary>
internal sealed class ExchangeRules : IRule
{
    private const decimal SlowestSpeed = 0.001m;
    private const decimal FastestSpeed = 100_000m;

    public void Judge(CheckContext context)
    {
        var exchange = context.Document.Exchange;
        Type(context, exchange);
        Keys(context, exchange);
        if (context.Sound("exchange", "address") && exchange.Address is { } address && !Uri.TryCreate(address, UriKind.Absolute, out _))
        {
            context.Add("exchange.address", "is not an address", $"'{address}'", "a host, and a port up to 65535 behind a colon, such as http://127.0.0.1:8790");
        }

        if (context.Sound("exchange.simulator", "speed") && exchange.Simulator?.Speed is { } speed && speed.EndsWith('x')
            && decimal.Parse(speed.AsSpan(..^1), NumberStyles.AllowDecimalPoint, CultureInfo.InvariantCulture) is < SlowestSpeed or > FastestSpeed)
        {
            context.Add("exchange.simulator.speed", "is out of range", $"'{speed}'", "0.001x to 100000x");
        }
    }

    private static void Type(CheckContext context, ExchangeOptions exchange)
    {
        if (!context.Sound("exchange", "type"))
        {
            return;
        }

        var type = CheckContext.Word(exchange.Type);
        if (exchange.Type != ExchangeType.Simulator && exchange.Simulator is not null)
        {
            context.Add("exchange.simulator", $"does not go with type {type}", allowed: "with type simulator only");
        }

        if (exchange.Type == ExchangeType.Simulator && exchange.Environment == TradingEnvironment.Testnet && context.Sound("exchange", "environment"))
        {
            context.Add("exchange.environment", $"does not go with type {type}, which has no testnet", CheckContext.Word(exchange.Environment), "with type binance only");
        }
    }

    private static void Keys(CheckContext context, ExchangeOptions exchange)
    {
        if (!context.Sound("exchange", "api_key", "api_secret") || exchange.ApiKey is null == exchange.ApiSecret is null)
        {
            return;
        }

        var (missing, given) = exchange.ApiKey is null ? ("api_key", "api_secret") : ("api_secret", "api_key");
        context.Add($"exchange.{missing}", $"is missing beside {given}", allowed: $"both or neither; the environment variable {EnvironmentOverrides.NameOf($"exchange.{missing}")} can give it");
    }
}
