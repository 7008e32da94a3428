namespace Trellis.Configuration.Shapes;

/// <summary>Says what a setting takes, in the words of messages, templates and the reference.</summary>
internal static class Expectations
{
    /// <summary>Such as <c>a number above 0, such as 10000</c>.</summary>
    public static string Of(Setting setting)
    {
        var example = setting.Example is null || setting.Shape is ScalarShape { Format: WordFormat or IntervalFormat or BooleanFormat or InstantFormat or PriceOrPercentFormat } || setting.Pattern is not null
            ? ""
            : $", such as {setting.Example}";
        return Kind(setting) + example;
    }

    /// <summary>The same without the example.</summary>
    public static string Kind(Setting setting) => setting.Shape switch
    {
        ListShape { Item: ScalarShape } list => $"{(setting.AtLeastEntries > 0 ? $"a list of at least {setting.AtLeastEntries}" : "a list")}, each {Kind(setting with { Shape = list.Item })}",
        ListShape => setting.AtLeastEntries > 0 ? $"a list of at least {setting.AtLeastEntries}" : "a list",
        SectionShape => "a section of key: value pairs",
        NumbersShape => "a section of names and numbers",
        ScalarShape when setting.Pattern is { } pattern => pattern.Allowed,
        ScalarShape scalar => setting.Range is { } range ? $"{scalar.Format.Expected} {(range.ToString().StartsWith("at ", StringComparison.Ordinal) ? "of " : "")}{range}" : scalar.Format.Expected,
        _ => "",
    };
}
