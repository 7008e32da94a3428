using Trellis.Core.Options;

namespace Trellis.Core.Strategies.Signals;

/// <summary>A number that a signal is configured with.</summary>
/// <param name="Name">As it is written in a configuration: a-z, 0-9 and '_'.</param>
/// <param name="Meaning">For tables and messages.</param>
/// <param name="AtLeast">The smallest value.</param>
/// <param name="AtMost">The largest value.</param>
/// <param name="IsWhole">Whether it has no decimals.</param>
/// <param name="Default">What holds where it is left out; null where it must be given.</param>
public sealed record SignalParameter(string Name, string Meaning, decimal AtLeast, decimal AtMost, bool IsWhole, decimal? Default)
{
    public static SignalParameter Whole(string name, string meaning, int atLeast, int atMost, int? otherwise = null) => new(name, meaning, atLeast, atMost, true, otherwise);

    public static SignalParameter Number(string name, string meaning, decimal atLeast, decimal atMost, decimal? otherwise = null) => new(name, meaning, atLeast, atMost, false, otherwise);

    /// <summary>Such as <c>a whole number from 1 to 9999</c>.</summary>
    public string Allowed => $"a {(IsWhole ? "whole " : "")}number from {AtLeast:0.####} to {AtMost:0.####}";
}

/// <summary>What is wrong with a parameter of a signal.</summary>
/// <param name="Parameter">Its name; empty for the signal as a whole.</param>
/// <param name="Rule">Words that follow the value.</param>
/// <param name="Allowed">What would be right.</param>
public sealed record SignalProblem(string Parameter, string Rule, string Allowed);

/// <summary>Parameters that have been checked, with their defaults.</summary>
public sealed class SignalValues(IReadOnlyDictionary<string, decimal> values)
{
    public decimal this[string name] => values[name];

    public int Whole(string name) => (int)values[name];
}

/// <summary>A kind of signal: its name, what it is configured with, and how it is made.</summary>
/// <param name="name">As it is written in a configuration: a-z, 0-9 and '-'.</param>
/// <param name="meaning">For tables and messages.</param>
/// <param name="parameters">In the order of their importance.</param>
/// <param name="create">Called with values that are within their bounds and passed <see cref="Check"/>.</param>
public sealed class SignalDefinition(string name, string meaning, IReadOnlyList<SignalParameter> parameters, Func<SignalValues, ISignal> create)
{
    public string Name { get; } = name;

    public string Meaning { get; } = meaning;

    public IReadOnlyList<SignalParameter> Parameters { get; } = parameters;

    /// <summary>A rule between parameters: what is wrong, or null. Asked once each is within its bounds.</summary>
    public Func<SignalValues, SignalProblem?>? Check { get; init; }

    /// <summary>Everything that is wrong with the parameters of a configuration; empty where the signal can be made.</summary>
    public IReadOnlyList<SignalProblem> Problems(NamedNumbers given)
    {
        var problems = new List<SignalProblem>();
        foreach (var (key, _) in given.Entries)
        {
            if (!Parameters.Any(parameter => parameter.Name == key))
            {
                problems.Add(new SignalProblem(key, $"is not a parameter of {Name}", string.Join(", ", Parameters.Select(parameter => parameter.Name))));
            }
        }

        foreach (var parameter in Parameters)
        {
            if (given.Find(parameter.Name) is not { } value)
            {
                if (parameter.Default is null)
                {
                    problems.Add(new SignalProblem(parameter.Name, "is missing", parameter.Allowed));
                }
            }
            else if (value < parameter.AtLeast || value > parameter.AtMost || (parameter.IsWhole && value != decimal.Truncate(value)))
            {
                var rule = value < parameter.AtLeast ? $"is below {parameter.AtLeast:0.####}" : value > parameter.AtMost ? $"is above {parameter.AtMost:0.####}" : "is not a whole number";
                problems.Add(new SignalProblem(parameter.Name, rule, parameter.Allowed));
            }
        }

        if (problems.Count == 0 && Check?.Invoke(Values(given)) is { } problem)
        {
            problems.Add(problem);
        }

        return problems;
    }

    /// <exception cref="ConfigurationException">The parameters have <see cref="Problems"/>.</exception>
    public ISignal Create(NamedNumbers given)
    {
        var problems = Problems(given);
        return problems.Count == 0
            ? create(Values(given))
            : throw new ConfigurationException(string.Join('\n', problems.Select(problem => $"signal {Name}: {problem.Parameter}: {problem.Rule}; allowed: {problem.Allowed}")));
    }

    private SignalValues Values(NamedNumbers given) => new(Parameters.ToDictionary(
        parameter => parameter.Name,
        parameter => given.Find(parameter.Name) ?? parameter.Default.GetValueOrDefault(),
        StringComparer.Ordinal));
}
