using System.CommandLine;

namespace Trellis.Cli.Shell;

/// <summary>Says what is wrong with a command line: one line for each mistake, what was probably meant, where help is.</summary>
internal static class UsageErrors
{
    /// <summary>The lines to print, the last of which names the help of the command that was being called.</summary>
    public static IReadOnlyList<string> Describe(ParseResult result)
    {
        var unmatched = result.UnmatchedTokens;
        var lines = unmatched.Select(token => Unrecognized(token, result.CommandResult.Command)).ToList();
        lines.AddRange(result.Errors
            .Select(error => error.Message)
            .Where(message => !unmatched.Any(token => message.Contains($"'{token}'", StringComparison.Ordinal)))
            // With a word there that is no command, "a command is missing" would only repeat the line above.
            .Where(message => unmatched.Count == 0 || !message.StartsWith("Required command", StringComparison.Ordinal))
            .Distinct(StringComparer.Ordinal));
        return [.. lines, $"See '{Path(result)} --help'."];
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
}
