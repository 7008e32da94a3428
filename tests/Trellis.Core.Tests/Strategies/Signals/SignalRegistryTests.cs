using Trellis.Core.Options;
using Trellis.Core.Strategies.Signals;

namespace Trellis.Core.Tests.Strategies.Signals;

public sealed class SignalRegistryTests
{
    private static readonly SignalDefinition Own = new("own", "Of the test.", [SignalParameter.Whole("length", "Bars.", 1, 9, 4)], values => new Breakout(values.Whole("length")));

    [Fact]
    public void The_built_in_signals_are_there_by_name() => SignalRegistry.BuiltIn().Names.ShouldBe(["breakout", "rsi", "sma-cross"]);

    [Fact]
    public void A_signal_of_a_plug_in_stands_beside_them()
    {
        var registry = SignalRegistry.BuiltIn().With(Own);

        registry.Names.ShouldBe(["breakout", "own", "rsi", "sma-cross"]);
        registry.Create("own", NamedNumbers.None).ShouldBeOfType<Breakout>();
        SignalRegistry.BuiltIn().Find("own").ShouldBeNull();
    }

    [Fact]
    public void A_name_is_given_once() =>
        Should.Throw<ConfigurationException>(() => new SignalRegistry(Own, Own)).Message.ShouldBe("two signals are named 'own'; each needs a name of its own");

    [Fact]
    public void An_unknown_name_is_refused_with_those_there_are() =>
        Should.Throw<ConfigurationException>(() => SignalRegistry.BuiltIn().Create("sma", NamedNumbers.None)).Message
            .ShouldBe("signal 'sma' is not known; allowed: breakout, rsi, sma-cross");

    [Fact]
    public void Every_wrong_parameter_is_named()
    {
        var problems = SmaCross.Definition.Problems(new NamedNumbers(KeyValuePair.Create("slow", 1.5m), KeyValuePair.Create("speed", 1m)));

        problems.Select(problem => $"{problem.Parameter} {problem.Rule}").ShouldBe(["speed is not a parameter of sma-cross", "fast is missing", "slow is below 2"]);
    }

    [Fact]
    public void Parameters_must_agree_with_each_other() =>
        Should.Throw<ConfigurationException>(() => SignalRegistry.BuiltIn().Create("sma-cross", new NamedNumbers(KeyValuePair.Create("fast", 9m), KeyValuePair.Create("slow", 9m)))).Message
            .ShouldBe("signal sma-cross: fast: is not below slow (9); allowed: fast below slow");

    [Fact]
    public void Numbers_are_equal_whatever_the_order_they_are_written_in() =>
        new NamedNumbers(KeyValuePair.Create("b", 2m), KeyValuePair.Create("a", 1.0m)).ShouldBe(new NamedNumbers(KeyValuePair.Create("a", 1m), KeyValuePair.Create("b", 2m)));
}
