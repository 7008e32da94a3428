using Trellis.Core.Matching.Commands;

namespace Trellis.Exchanges.Paper;

/// <summary>Where an instrument of a paper account stands between two things that are kept.</summary>
internal sealed class PaperCourse
{
    private decimal _position;
    private decimal _keptMark;
    private volatile bool _isLive;
    private volatile bool _hasQuote;

    /// <summary>Whether its prices can be relied on.</summary>
    public bool IsLive
    {
        get => _isLive;
        set => _isLive = value;
    }

    /// <summary>Whether there ever was a price.</summary>
    public bool HasQuote
    {
        get => _hasQuote;
        set => _hasQuote = value;
    }

    /// <summary>Highest open buy and lowest open sell; 0 and <see cref="decimal.MaxValue"/> for none.</summary>
    public (decimal Buy, decimal Sell) Resting { get; private set; }

    /// <summary>What the last quote did, while that is not on disk.</summary>
    public IReadOnlyList<MatchingCommand> Unkept { get; set; } = [];

    /// <summary>What the unkept quote has brought the account, in quote currency.</summary>
    public decimal Gain => Unkept.OfType<SetMarkPrice>().Sum(set => _position * (set.MarkPrice - _keptMark));

    /// <summary>Everything so far is on disk.</summary>
    /// <param name="position">Signed, in base currency, long and short together.</param>
    public void Kept(decimal buy, decimal sell, decimal position, decimal mark)
    {
        Resting = (buy, sell);
        Unkept = [];
        (_position, _keptMark) = (position, mark);
    }
}
