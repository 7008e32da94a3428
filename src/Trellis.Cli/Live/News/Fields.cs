using System.Collections;

namespace Trellis.Cli.Live.News;

/// <summary>Named values in order; texts that are empty are left out.</summary>
internal sealed class Fields : IEnumerable<KeyValuePair<string, object>>
{
    private readonly List<KeyValuePair<string, object>> values = [];

    public void Add(string name, string value)
    {
        if (value.Length > 0)
        {
            values.Add(new(name, value));
        }
    }

    public void Add(string name, decimal value) => values.Add(new(name, value));

    public void Add(string name, long value) => values.Add(new(name, value));

    public void Add(string name, bool value) => values.Add(new(name, value));

    public void Add(IEnumerable<KeyValuePair<string, object>> others) => values.AddRange(others);

    public IEnumerator<KeyValuePair<string, object>> GetEnumerator() => values.GetEnumerator();

    IEnumerator IEnumerable.GetEnumerator() => GetEnumerator();
}
