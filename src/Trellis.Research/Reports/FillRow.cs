using System.Globalization;
using System.Security.Cryptography;
using System.Text;
using Trellis.Core;

namespace Trellis.Research.Reports;

/// <summary>A fill as <c>fills.csv</c> has it.</summary>
/// <param name="Time">Unix milliseconds.</param>
public readonly record struct FillRow(long Time, string Bot, string Instrument, string Slot, string Kind, bool IsSell, decimal Price, decimal Quantity)
{
    public const string Header =
        "time,time_ms,bot,instrument,slot,cycle,kind,liquidity,side,position_side,price,quantity,notional,fee,fee_currency,fee_amount,realized,funding,wallet,position";

    private static readonly string[] Columns = Header.Split(',');

    /// <summary>The columns over which the hash of all fills goes (docs/result.md).</summary>
    private static readonly int[] Hashed =
        [.. "time_ms,bot,instrument,slot,cycle,kind,side,position_side,price,quantity,fee,fee_currency,fee_amount,realized,funding".Split(',').Select(name => Array.IndexOf(Columns, name))];

    /// <summary>Reads a whole file.</summary>
    /// <returns>The fills without funding payments, and the SHA-256 of all rows.</returns>
    /// <exception cref="DataException">A row is damaged; the message names its line.</exception>
    public static (IReadOnlyList<FillRow> Fills, string Sha256) Read(string path, string text)
    {
        using var hash = IncrementalHash.CreateHash(HashAlgorithmName.SHA256);
        var fills = new List<FillRow>();
        var lines = text.Split('\n');
        if (lines[0].TrimEnd('\r') != Header)
        {
            throw new DataException($"{path}, line 1: the columns are not those of fills.csv; expected {Header}");
        }

        for (var i = 1; i < lines.Length - 1 || (i < lines.Length && lines[i].Length > 0); i++)
        {
            var cells = lines[i].TrimEnd('\r').Split(',');
            if (cells.Length != Columns.Length)
            {
                throw new DataException($"{path}, line {i + 1}: {cells.Length} columns, expected {Columns.Length}: the file is damaged");
            }

            hash.AppendData(Encoding.UTF8.GetBytes(string.Join(',', Hashed.Select(column => cells[column])) + "\n"));
            if (cells[6] != "funding")
            {
                fills.Add(Of(cells, path, i + 1));
            }
        }

        return (fills, Convert.ToHexStringLower(hash.GetHashAndReset()));
    }

    private static FillRow Of(string[] cells, string path, int line) =>
        long.TryParse(cells[1], NumberStyles.None, CultureInfo.InvariantCulture, out var time) && Decimal(cells[10], out var price) && Decimal(cells[11], out var quantity)
            ? new FillRow(time, cells[2], cells[3], cells[4], cells[6], cells[8] == "sell", price, quantity)
            : throw new DataException($"{path}, line {line}: time '{cells[1]}', price '{cells[10]}' or quantity '{cells[11]}' is no number: the file is damaged");

    private static bool Decimal(string text, out decimal value) => decimal.TryParse(text, NumberStyles.AllowDecimalPoint, CultureInfo.InvariantCulture, out value);
}
