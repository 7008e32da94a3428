using System.Buffers;
using System.Globalization;
using Trellis.Simulator.Venues.Binance.Errors;

namespace Trellis.Simulator.Venues.Binance.Requests;

/// <summary>The parameters of a request in the order in which they came, and the readers that refuse what Binance refuses.</summary>
internal sealed class Parameters
{
    public const string Signature = "signature";

    /// <summary>Larger numbers than this are of no instrument; they are refused before anything is multiplied with them.</summary>
    private const decimal Largest = 1_000_000_000_000m;

    private static readonly SearchValues<char> NumberCharacters = SearchValues.Create("0123456789.");

    private readonly List<(string Name, string Value)> _all = [];

    public int Count => _all.Count;

    public IReadOnlyList<(string Name, string Value)> All => _all;

    public void Clear() => _all.Clear();

    public void Add(string name, string value) => _all.Add((name, value));

    /// <summary>Adds a parameter of a part of the request that began at <paramref name="first"/>; false where that part has it already. What an earlier part said stays.</summary>
    public bool TryAdd(string name, string value, int first)
    {
        for (var i = first; i < _all.Count; i++)
        {
            if (_all[i].Name == name)
            {
                return false;
            }
        }

        _all.Add((name, value));
        return true;
    }

    public string? Find(string name)
    {
        foreach (var parameter in _all)
        {
            if (parameter.Name == name)
            {
                return parameter.Value;
            }
        }

        return null;
    }

    public bool Has(string name) => Find(name) is not null;

    /// <summary>-1102 where it is missing or empty.</summary>
    public string Required(string name) => Find(name) is { Length: > 0 } value ? value : throw Refused(RequestErrors.Mandatory(name));

    /// <summary>Null where it is missing; -1105 where it is empty.</summary>
    public string? Optional(string name) => Find(name) switch
    {
        null => null,
        "" => throw Refused(RequestErrors.Empty(name)),
        var value => value,
    };

    /// <summary>A number of digits and at most one point; -1102 where it is missing or anything else.</summary>
    public decimal RequiredDecimal(string name) => ParseDecimal(Required(name)) ?? throw Refused(RequestErrors.Mandatory(name));

    /// <summary>Null where it is missing; -1130 where it is no number.</summary>
    public decimal? OptionalDecimal(string name) =>
        Optional(name) is { } text ? ParseDecimal(text) ?? throw Refused(RequestErrors.Invalid(name)) : null;

    public long RequiredLong(string name) => ParseLong(Required(name)) ?? throw Refused(RequestErrors.Mandatory(name));

    public long? OptionalLong(string name) =>
        Optional(name) is { } text ? ParseLong(text) ?? throw Refused(RequestErrors.Invalid(name)) : null;

    /// <summary>true or false in any case; -1130 for anything else.</summary>
    public bool OptionalFlag(string name) => Optional(name) is { } text && ParseFlag(name, text);

    public bool RequiredFlag(string name) => ParseFlag(name, Required(name));

    /// <summary>How many items are wanted: from 1 to <paramref name="most"/>; -1130 beyond.</summary>
    public int Limit(int usual, int most) => OptionalLong("limit") switch
    {
        null => usual,
        var limit when limit >= 1 && limit <= most => (int)limit,
        _ => throw Refused(RequestErrors.Invalid("limit")),
    };

    /// <summary>startTime and endTime; -1023 where they are the wrong way round.</summary>
    public (long? From, long? To) Window()
    {
        var (from, to) = (OptionalLong("startTime"), OptionalLong("endTime"));
        if (from < 0 || to < 0)
        {
            throw Refused(RequestErrors.Invalid(from < 0 ? "startTime" : "endTime"));
        }

        return from > to ? throw Refused(RequestErrors.StartAfterEnd) : (from, to);
    }

    private static decimal? ParseDecimal(string text)
    {
        const NumberStyles Style = NumberStyles.AllowLeadingSign | NumberStyles.AllowDecimalPoint;
        if (decimal.TryParse(text, Style, CultureInfo.InvariantCulture, out var value))
        {
            return Math.Clamp(value, -Largest, Largest);
        }

        // Digits beyond what a decimal holds are a number all the same.
        var digits = text.AsSpan(text[0] == '-' ? 1 : 0);
        return digits.ContainsAnyExcept(NumberCharacters) || digits.Count('.') > 1 || !digits.ContainsAnyInRange('0', '9')
            ? null
            : text[0] == '-' ? -Largest : Largest;
    }

    private static long? ParseLong(string text) =>
        long.TryParse(text, NumberStyles.AllowLeadingSign, CultureInfo.InvariantCulture, out var value) ? value : null;

    private static bool ParseFlag(string name, string text) =>
        text.Equals("true", StringComparison.OrdinalIgnoreCase)
        || (text.Equals("false", StringComparison.OrdinalIgnoreCase) ? false : throw Refused(RequestErrors.Invalid(name)));

    private static RequestRefusedException Refused(BinanceError error) => new(error);
}
