using System.Text.RegularExpressions;
using YamlDotNet.Core;
using YamlDotNet.Core.Events;

namespace Trellis.Configuration.Tree;

/// <summary>What a plain scalar is by YAML 1.2's core schema: <c>no</c> and <c>1_000</c> are text there.</summary>
internal static partial class YamlScalars
{
    public static ScalarNode Resolve(Mark mark, Scalar scalar) =>
        new(mark, scalar.Style == ScalarStyle.Plain ? KindOf(scalar.Value) : ScalarKind.Text, scalar.Value);

    public static ScalarKind KindOf(string plain) => plain switch
    {
        "" or "~" or "null" or "Null" or "NULL" => ScalarKind.Null,
        "true" or "True" or "TRUE" or "false" or "False" or "FALSE" => ScalarKind.Boolean,
        _ => Number().IsMatch(plain) ? ScalarKind.Number : ScalarKind.Text,
    };

    [GeneratedRegex(@"\A([-+]?(\.[0-9]+|[0-9]+(\.[0-9]*)?)([eE][-+]?[0-9]+)?|0o[0-7]+|0x[0-9a-fA-F]+|[-+]?\.(inf|Inf|INF)|\.(nan|NaN|NAN))\z", RegexOptions.CultureInvariant | RegexOptions.ExplicitCapture, 1000)]
    private static partial Regex Number();
}
