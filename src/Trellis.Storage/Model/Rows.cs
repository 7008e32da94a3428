namespace Trellis.Storage.Model;

/// <summary>An account that is traded: who writes its journal, and how far it is.</summary>
public sealed class AccountRow
{
    /// <summary>Exchange, environment and name: <c>binance/mainnet/main</c>.</summary>
    public required string Account { get; set; }

    /// <summary>4 of [a-z0-9]; part of every client order id.</summary>
    public required string Installation { get; set; }

    /// <summary>Grows with every opening; writes under an older one are refused.</summary>
    public long Epoch { get; set; }

    public long LastSequence { get; set; }

    /// <summary>Unix milliseconds.</summary>
    public long OpenedAt { get; set; }
}

/// <summary>An input of the trading loop.</summary>
public sealed class InputRow
{
    public required string Account { get; set; }

    public long Sequence { get; set; }

    public long Time { get; set; }

    /// <summary>Which kind of input; the payload says it too, for reading by machines.</summary>
    public required string Kind { get; set; }

    /// <summary>JSON.</summary>
    public required string Payload { get; set; }

    /// <summary>Of the effects that followed, as 16 hex digits.</summary>
    public required string EffectsHash { get; set; }
}

/// <summary>An order of ours as it stands now; the inputs tell how it came there.</summary>
public sealed class OrderRow
{
    public required string Account { get; set; }

    public required string ClientOrderId { get; set; }

    public required string Bot { get; set; }

    public required string Instrument { get; set; }

    public int Lane { get; set; }

    public int Slot { get; set; }

    public int Cycle { get; set; }

    public required string Side { get; set; }

    public required string PositionSide { get; set; }

    public required string Kind { get; set; }

    public decimal Price { get; set; }

    public decimal TriggerPrice { get; set; }

    public decimal Quantity { get; set; }

    public decimal BookedQuantity { get; set; }

    public required string State { get; set; }

    public required string VenueOrderId { get; set; }

    public required string Reason { get; set; }

    public long CreatedAt { get; set; }

    public long UpdatedAt { get; set; }

    /// <summary>Of the input that changed it last.</summary>
    public long Sequence { get; set; }
}

/// <summary>A fill that was booked.</summary>
public sealed class FillRow
{
    public required string Account { get; set; }

    public required string Instrument { get; set; }

    /// <summary>The exchange's; a fill is booked once.</summary>
    public required string TradeId { get; set; }

    public required string Bot { get; set; }

    public required string Slot { get; set; }

    public required string ClientOrderId { get; set; }

    public required string VenueOrderId { get; set; }

    public required string Side { get; set; }

    public required string PositionSide { get; set; }

    public decimal Price { get; set; }

    public decimal Quantity { get; set; }

    public decimal Fee { get; set; }

    public required string FeeCurrency { get; set; }

    public decimal Realized { get; set; }

    public bool IsMaker { get; set; }

    public long Time { get; set; }

    public long Sequence { get; set; }
}

/// <summary>One posting of a balanced ledger entry; those of an entry share account, sequence and entry.</summary>
public sealed class PostingRow
{
    public required string Account { get; set; }

    public long Sequence { get; set; }

    /// <summary>Which entry of the input, from 0.</summary>
    public int Entry { get; set; }

    /// <summary>Which posting of the entry, from 0.</summary>
    public int Posting { get; set; }

    public required string LedgerAccount { get; set; }

    public required string Currency { get; set; }

    public required string Bot { get; set; }

    public required string Instrument { get; set; }

    public required string PositionSide { get; set; }

    public decimal Amount { get; set; }

    public required string Text { get; set; }

    /// <summary>What it came from: a trade id, an income id.</summary>
    public required string Reference { get; set; }

    public long Time { get; set; }
}

/// <summary>A bot as it stands now.</summary>
public sealed class BotRow
{
    public required string Account { get; set; }

    public required string Bot { get; set; }

    public required string State { get; set; }

    public required string Reason { get; set; }

    public long Sequence { get; set; }

    public long Time { get; set; }
}

/// <summary>Something that people were told.</summary>
public sealed class AlertRow
{
    public required string Account { get; set; }

    public long Sequence { get; set; }

    /// <summary>Which alert of the input, from 0.</summary>
    public int Number { get; set; }

    public required string Level { get; set; }

    public required string Code { get; set; }

    public required string Bot { get; set; }

    public required string Text { get; set; }

    public long Time { get; set; }
}

/// <summary>A state of the trading loop from which a restart may begin, instead of from the first input.</summary>
public sealed class SnapshotRow
{
    public required string Account { get; set; }

    public long Sequence { get; set; }

    public required string Payload { get; set; }

    public long Time { get; set; }
}
