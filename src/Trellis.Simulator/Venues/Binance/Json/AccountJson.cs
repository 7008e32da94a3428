using System.Text.Json;
using Trellis.Core.Matching.Accounts;

namespace Trellis.Simulator.Venues.Binance.Json;

/// <summary>An account's money as the account and balance endpoints tell it.</summary>
internal static class AccountJson
{
    /// <summary>The totals of an account, into an object that is begun.</summary>
    public static void WriteTotals(Utf8JsonWriter writer, AccountSummary account)
    {
        writer.WriteFixed("totalInitialMargin"u8, account.InitialMargin, WireNumber.Money);
        writer.WriteFixed("totalMaintMargin"u8, account.MaintenanceMargin, WireNumber.Money);
        writer.WriteFixed("totalWalletBalance"u8, account.WalletBalance, WireNumber.Money);
        writer.WriteFixed("totalUnrealizedProfit"u8, account.UnrealizedProfit, WireNumber.Money);
        writer.WriteFixed("totalMarginBalance"u8, account.MarginBalance, WireNumber.Money);
        writer.WriteFixed("totalPositionInitialMargin"u8, account.PositionInitialMargin, WireNumber.Money);
        writer.WriteFixed("totalOpenOrderInitialMargin"u8, account.OpenOrderInitialMargin, WireNumber.Money);
        writer.WriteFixed("totalCrossWalletBalance"u8, account.WalletBalance, WireNumber.Money);
        writer.WriteFixed("totalCrossUnPnl"u8, account.UnrealizedProfit, WireNumber.Money);
        writer.WriteFixed("availableBalance"u8, account.AvailableBalance, WireNumber.Money);
        writer.WriteFixed("maxWithdrawAmount"u8, Withdrawable(account), WireNumber.Money);
    }

    /// <summary>The account's one asset, as an array's item.</summary>
    public static void WriteAsset(Utf8JsonWriter writer, AccountSummary account, string asset)
    {
        writer.WriteStartObject();
        writer.WriteString("asset"u8, asset);
        writer.WriteFixed("walletBalance"u8, account.WalletBalance, WireNumber.Money);
        writer.WriteFixed("unrealizedProfit"u8, account.UnrealizedProfit, WireNumber.Money);
        writer.WriteFixed("marginBalance"u8, account.MarginBalance, WireNumber.Money);
        writer.WriteFixed("maintMargin"u8, account.MaintenanceMargin, WireNumber.Money);
        writer.WriteFixed("initialMargin"u8, account.InitialMargin, WireNumber.Money);
        writer.WriteFixed("positionInitialMargin"u8, account.PositionInitialMargin, WireNumber.Money);
        writer.WriteFixed("openOrderInitialMargin"u8, account.OpenOrderInitialMargin, WireNumber.Money);
        writer.WriteFixed("crossWalletBalance"u8, account.WalletBalance, WireNumber.Money);
        writer.WriteFixed("crossUnPnl"u8, account.UnrealizedProfit, WireNumber.Money);
        writer.WriteFixed("availableBalance"u8, account.AvailableBalance, WireNumber.Money);
        writer.WriteFixed("maxWithdrawAmount"u8, Withdrawable(account), WireNumber.Money);
        writer.WriteBoolean("marginAvailable"u8, true);
        writer.WriteNumber("updateTime"u8, account.UpdatedAt);
        writer.WriteEndObject();
    }

    /// <summary>The account's balance, as an array's item.</summary>
    /// <param name="alias">Binance's short name of the account.</param>
    public static void WriteBalance(Utf8JsonWriter writer, AccountSummary account, string asset, string alias)
    {
        writer.WriteStartObject();
        writer.WriteString("accountAlias"u8, alias);
        writer.WriteString("asset"u8, asset);
        writer.WriteFixed("balance"u8, account.WalletBalance, WireNumber.Money);
        writer.WriteFixed("crossWalletBalance"u8, account.WalletBalance, WireNumber.Money);
        writer.WriteFixed("crossUnPnl"u8, account.UnrealizedProfit, WireNumber.Money);
        writer.WriteFixed("availableBalance"u8, account.AvailableBalance, WireNumber.Money);
        writer.WriteFixed("maxWithdrawAmount"u8, Withdrawable(account), WireNumber.Money);
        writer.WriteBoolean("marginAvailable"u8, true);
        writer.WriteNumber("updateTime"u8, account.UpdatedAt);
        writer.WriteEndObject();
    }

    /// <summary>Profit that is not realized can't be taken out.</summary>
    private static decimal Withdrawable(AccountSummary account) => Math.Max(0m, Math.Min(account.AvailableBalance, account.WalletBalance));
}
