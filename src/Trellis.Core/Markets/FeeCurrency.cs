namespace Trellis.Core.Markets;

public enum FeeCurrency
{
    /// <summary>Every fee is paid in the quote currency.</summary>
    Quote,

    /// <summary>A buy pays in the base currency it receives, a sell in the quote currency it receives.</summary>
    Received,
}
