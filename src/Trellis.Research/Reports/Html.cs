using System.Globalization;
using System.Net;
using System.Text;

namespace Trellis.Research.Reports;

/// <summary>
/// Writes HTML in which only what stands in the source is markup: every value that is put into a text is escaped, since names and
/// settings may hold anything.
/// </summary>
public sealed class Html
{
    private readonly StringBuilder text = new();

    /// <summary>Markup with values in it, which are escaped.</summary>
    public Html Add(FormattableString markup)
    {
        var values = markup.GetArguments();
        var escaped = new object[values.Length];
        for (var i = 0; i < values.Length; i++)
        {
            escaped[i] = values[i] is Html html ? html.ToString() : WebUtility.HtmlEncode(Convert.ToString(values[i], CultureInfo.InvariantCulture) ?? "");
        }

        text.AppendFormat(CultureInfo.InvariantCulture, markup.Format, escaped).Append('\n');
        return this;
    }

    /// <summary>A file of our own (style, script) as it is, or a text made safe by <see cref="Json"/>.</summary>
    public Html AddVerbatim(string content)
    {
        text.Append(content);
        return this;
    }

    /// <summary>Markup with values in it, which are escaped.</summary>
    public static Html Of(FormattableString markup) => new Html().Add(markup);

    /// <summary>JSON that can stand within a script element: nothing in it can end the element or begin another.</summary>
    public static string Json(string json) => json
        .Replace("<", "\\u003c", StringComparison.Ordinal)
        .Replace(">", "\\u003e", StringComparison.Ordinal)
        .Replace("&", "\\u0026", StringComparison.Ordinal)
        .Replace("\u2028", "\\u2028", StringComparison.Ordinal)
        .Replace("\u2029", "\\u2029", StringComparison.Ordinal);

    public override string ToString() => text.ToString();
}
