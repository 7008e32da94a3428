using System.Collections;
using Trellis.Configuration.Shapes;
using Trellis.Configuration.Tree;
using Trellis.Core.Options;

namespace Trellis.Configuration.Writing;

/// <summary>From records back to the neutral tree. Settings without a value are left out.</summary>
internal sealed class TreeWriter(bool revealSecrets)
{
    private static readonly Mark Nowhere = new("");

    public MappingNode Section(object record, SectionShape shape)
    {
        var mapping = new MappingNode(Nowhere);
        foreach (var setting in shape.Settings)
        {
            if (setting.Property.GetValue(record) is { } value && !IsLeftOut(setting, value))
            {
                mapping.TryAdd(new Entry(setting.Key, Nowhere, Value(value, setting.Shape)));
            }
        }

        return mapping;
    }

    private bool IsLeftOut(Setting setting, object value) => value.Equals(NamedNumbers.None)
        || (setting.IsSecret && !revealSecrets)
        || (setting.IsLeftOutByDefault && value.Equals(setting.Default));

    private Node Value(object value, Shape shape)
    {
        switch (shape)
        {
            case SectionShape section:
                return Section(value, section);
            case ListShape list:
                var sequence = new SequenceNode(Nowhere);
                sequence.Items.AddRange(((IEnumerable)value).Cast<object>().Select(item => Value(item, list.Item)));
                return sequence;
            case NumbersShape:
                var numbers = new MappingNode(Nowhere);
                foreach (var (name, number) in ((NamedNumbers)value).Entries)
                {
                    numbers.TryAdd(new Entry(name, Nowhere, Scalars.Number(DecimalText.Write(number))));
                }

                return numbers;
            default:
                return ((ScalarShape)shape).Format.Write(value);
        }
    }
}
