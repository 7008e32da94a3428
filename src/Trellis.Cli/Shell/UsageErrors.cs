using System.CommandLine;
using System.Text.RegularExpressions;

namespace Trellis.Cli.Shell;

/// <summary>Says what is wrong with a command line: one line for each mistake, what was probably meant, where help is.</summary>
internal static partial class UsageErrors
{
    /// <summary>The lines to print, the last of which names the help of the command that was being called.</summary>
    public static IReadOnlyList<string> Describe(ParseResult result)
    {
        var unmatched = result.UnmatchedTokens;
        var lines = unmatched.Select(token => Unrecognized(token, result.CommandResult.Command)).ToList();
        lines.AddRange(result.Errors
            .Select(error => InOurWords(error.Message))
            .Where(message => !unmatched.Any(token => message.Contains($"'{token}'", StringComparison.Ordinal)))
            // With a word there that is no command, "a command is missing" would only repeat the line above.
            .Where(message => unmatched.Count == 0 || !message.StartsWith("Required command", StringComparison.Ordinal))
            .Distinct(StringComparer.Ordinal));
        return [.. lines, $"See '{Path(result)} --help'."];
    }

    /// <summary>The parser names types of its own world: here they have the names of ours.</summary>
    private static string InOurWords(string message)
    {
        var parts = CannotParse().Match(message);
        if (!parts.Success)
        {
            return message;
        }

        var type = parts.Groups["type"].Value;
        var kind = type.Contains("Int", StringComparison.Ordinal) ? "a whole number"
            : type.Contains("Decimal", StringComparison.Ordinal) || type.Contains("Double", StringComparison.Ordinal) ? "a number"
            : type.Contains("Boolean", StringComparison.Ordinal) ? "true or false"
            : "of the right kind";
        return $"'{parts.Groups["value"].Value}' is not {kind}, as {parts.Groups["name"].Value} needs.";
    }

    private static string Unrecognized(string token, Command command)
    {
        var kind = token.StartsWith('-') ? "option" : command.Subcommands.Count > 0 ? "command" : "argument";
        var nearest = Suggestion.Nearest(token, Names(command, kind));
        return nearest is null
            ? $"'{token}' is not a known {kind} here."
            : $"'{token}' is not a known {kind} here. Did you mean '{nearest}'?";
    }

    private static IEnumerable<string> Names(Command command, string kind)
    {
        IEnumerable<Symbol> symbols = kind == "option" ? command.Options : command.Subcommands;
        return symbols.Where(symbol => !symbol.Hidden).SelectMany(symbol => symbol switch
        {
            Option option => option.Aliases.Prepend(option.Name),
            Command subcommand => subcommand.Aliases.Prepend(subcommand.Name),
            _ => [],
        }).Where(name => name.Length > 2);
    }

    private static string Path(ParseResult result)
    {
        var names = new Stack<string>();
        for (System.CommandLine.Parsing.SymbolResult? at = result.CommandResult; at is not null; at = at.Parent)
        {
            if (at is System.CommandLine.Parsing.CommandResult { Command: var command })
            {
                names.Push(command is RootCommand ? "trellis" : command.Name);
            }
        }

        return string.Join(' ', names);
    }

    [GeneratedRegex(@"^Cannot parse argument '(?<value>.*)' for (option|argument) '(?<name>[^']+)' as expected type '(?<type>.+)'\.$", RegexOptions.ExplicitCapture | RegexOptions.Singleline, 1000)]
    private static partial Regex CannotParse();
}
