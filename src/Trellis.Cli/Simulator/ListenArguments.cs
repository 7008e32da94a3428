using System.Net;
using Trellis.Core;

namespace Trellis.Cli.Simulator;

/// <summary>Reads <c>--host</c> and <c>--port</c>.</summary>
internal static class ListenArguments
{
    public const int DefaultPort = 8790;

    /// <exception cref="ConfigurationException">No address, or no port.</exception>
    public static IPEndPoint Read(string host, int port)
    {
        if (port is < 0 or > IPEndPoint.MaxPort)
        {
            throw new ConfigurationException($"--port {port} is not a port; allowed: 0 (takes a free one) to {IPEndPoint.MaxPort}");
        }

        return new IPEndPoint(Address(host), port);
    }

    private static IPAddress Address(string host)
    {
        if (host == "localhost")
        {
            return IPAddress.Loopback;
        }

        // "1" would be 0.0.0.1.
        return IPAddress.TryParse(host, out var address) && host.Any(letter => letter is '.' or ':')
            ? address
            : throw new ConfigurationException($"--host '{host}' is not an address; allowed: an IPv4 or IPv6 address of this machine, such as 127.0.0.1, ::1 or 0.0.0.0");
    }
}
