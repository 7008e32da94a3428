using Trellis.Core.Trading.Inputs;

namespace Trellis.Exchanges.Binance.Requests;

/// <summary>What Binance's error codes (page "Error Codes" of USDⓈ-M futures) mean for what is done next.</summary>
internal static class ErrorCodes
{
    public const int TimestampOutside = -1021;
    public const int TooManyOrders = -1015;
    public const int ListenKeyUnknown = -1125;
    public const int OrderUnknown = -2013;
    public const int MarginTypeUnchanged = -4046;
    public const int PositionModeUnchanged = -4059;
    public const int NothingToAmend = -5027;

    /// <summary>Whether the request may have been carried out although the answer is an error.</summary>
    public static bool LeavesOutcomeOpen(int code) => code is -1000 or -1006 or -1007;

    public static RefusalKind KindOf(int code) => code switch
    {
        -1003 or -1008 or TooManyOrders => RefusalKind.RateLimited,
        // Keys, signatures, rights; the position mode of the account is not the one that orders are made for.
        -1002 or -1022 or -2014 or -2015 or -2017 or -4061 or -4087 or -4088 => RefusalKind.NotAllowed,
        -2011 or OrderUnknown => RefusalKind.UnknownOrder,
        -2018 or -2019 or -2027 or -2028 or -4050 or -4051 => RefusalKind.InsufficientMargin,
        -2021 => RefusalKind.WouldTriggerAtOnce,
        -2022 or -4118 => RefusalKind.NothingToReduce,
        -5022 => RefusalKind.WouldTake,
        -4116 => RefusalKind.DuplicateClientOrderId,
        -1013 or -1111 or >= -4008 and <= -4001 or -4013 or -4014 or -4016 or -4023 or -4024 or -4029 or -4030 or -4164 or -5029 => RefusalKind.BreaksRules,
        _ => RefusalKind.Other,
    };
}
