using System.Globalization;

namespace Trellis.Configuration.Tree;

/// <summary>Makes lists of the sections of an INI file whose keys are places in one: 0, 1, 2 and so on.</summary>
internal static class IniLists
{
    public static void Form(Node node)
    {
        switch (node)
        {
            case SequenceNode sequence:
                sequence.Items.ForEach(Form);
                break;
            case MappingNode mapping:
                foreach (var entry in mapping.Entries.ToList())
                {
                    Form(entry.Value);
                    if (entry.Value is MappingNode { Entries.Count: > 0 } inner && HasPlaces(inner))
                    {
                        var list = new SequenceNode(inner.Mark);
                        list.Items.AddRange(inner.Entries.Select(item => item.Value));
                        mapping.Set(entry with { Value = list });
                    }
                }

                break;
        }
    }

    private static bool HasPlaces(MappingNode section)
    {
        for (var place = 0; place < section.Entries.Count; place++)
        {
            if (section.Entries[place].Key != place.ToString(CultureInfo.InvariantCulture))
            {
                return false;
            }
        }

        return true;
    }
}
