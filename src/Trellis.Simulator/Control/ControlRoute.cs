using Trellis.Core;
using Trellis.Simulator.Documents;

namespace Trellis.Simulator.Control;

/// <summary>A request whose route is found.</summary>
/// <param name="Arguments">What stood in place of the names in braces, in order.</param>
internal sealed record ControlRequest(IReadOnlyList<string> Arguments, byte[] Body, CancellationToken Aborted)
{
    /// <summary>Reads the body, an object or nothing at all, and refuses it as a whole where anything is wrong or not known.</summary>
    /// <exception cref="ConfigurationException">All that is wrong with it.</exception>
    public T Read<T>(Func<ObjectReader, T> read)
    {
        var problems = new List<ConfigurationProblem>();
        using var document = JsonText.Parse(Body.Length == 0 ? "{}"u8.ToArray() : Body, "", problems);
        if (document is not null)
        {
            var reader = new ObjectReader(document.RootElement, "", "", problems);
            var value = read(reader);
            reader.Done();
            if (problems.Count == 0)
            {
                return value;
            }
        }

        throw new ConfigurationException(problems);
    }

    /// <summary>Refuses a body that has anything in it.</summary>
    public void ReadNothing() => Read(static _ => true);
}

/// <summary>One thing that the control API can do.</summary>
/// <param name="Path">With a name in braces for what may stand there, such as <c>/sim/accounts/{name}</c>.</param>
internal sealed record ControlRoute(string Method, string Path, Func<ControlRequest, ValueTask<object>> Carry)
{
    private readonly string[] _segments = Path.Split('/', StringSplitOptions.RemoveEmptyEntries)[1..];

    public static ControlRoute Now(string method, string path, Func<ControlRequest, object> carry) => new(method, path, request => ValueTask.FromResult(carry(request)));

    public bool Meets(string[] segments)
    {
        if (segments.Length != _segments.Length)
        {
            return false;
        }

        for (var i = 0; i < segments.Length; i++)
        {
            if (!IsOpen(_segments[i]) && _segments[i] != segments[i])
            {
                return false;
            }
        }

        return true;
    }

    public IReadOnlyList<string> Arguments(string[] segments) => [.. segments.Where((_, i) => IsOpen(_segments[i])).Select(Uri.UnescapeDataString)];

    private static bool IsOpen(string segment) => segment[0] == '{';
}
