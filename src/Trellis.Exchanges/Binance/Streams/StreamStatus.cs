namespace Trellis.Exchanges.Binance.Streams;

/// <summary>Several connections that count as one stream: it is lost with the first of them, and back with the last.</summary>
internal sealed class StreamStatus(int connections, Action<string> lost, Action restored)
{
    private readonly Lock _gate = new();
    private readonly bool[] _isUp = new bool[connections];
    private bool _wasToldLost;

    public bool IsUp
    {
        get
        {
            lock (_gate)
            {
                return Array.TrueForAll(_isUp, static up => up);
            }
        }
    }

    public void Up(int connection)
    {
        lock (_gate)
        {
            if (_isUp[connection])
            {
                return;
            }

            _isUp[connection] = true;
            if (Array.TrueForAll(_isUp, static up => up))
            {
                _wasToldLost = false;
                restored();
            }
        }
    }

    /// <summary>Losses are told once until the stream is back.</summary>
    public void Down(int connection, string why)
    {
        lock (_gate)
        {
            _isUp[connection] = false;
            if (!_wasToldLost)
            {
                _wasToldLost = true;
                lost(why);
            }
        }
    }
}
