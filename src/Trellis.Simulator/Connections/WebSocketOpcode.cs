namespace Trellis.Simulator.Connections;

/// <summary>Kinds of WebSocket frames (RFC 6455, 5.2).</summary>
internal enum WebSocketOpcode : byte
{
    Continuation = 0x0,
    Text = 0x1,
    Binary = 0x2,
    Close = 0x8,
    Ping = 0x9,
    Pong = 0xA,
}

/// <summary>Why a connection is closed (RFC 6455, 7.4.1).</summary>
public enum WebSocketCloseCode
{
    Normal = 1000,
    GoingAway = 1001,
    ProtocolError = 1002,
    InvalidText = 1007,
    PolicyViolation = 1008,
    MessageTooBig = 1009,
}
