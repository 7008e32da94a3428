using System.Security.Cryptography;
using System.Text;
using Trellis.Core;
using Trellis.Core.Markets;
using Trellis.Data.Format;

namespace Trellis.Data.Tests.Format;

public sealed class CandleFileTests : IDisposable
{
    private readonly TemporaryFolder folder = new();

    public void Dispose() => folder.Dispose();

    private string Sound(int count = 200) => Written(Some.Series(new Random(count), count));

    private string Written(CandleSeries series)
    {
        var path = folder.File("1m.candles");
        CandleFile.Write(path, series);
        return path;
    }

    [Fact]
    public void What_is_written_is_read()
    {
        var random = new Random(7);
        for (var round = 0; round < 100; round++)
        {
            var series = Some.Series(random, random.Next(1, 10_000), random.Next(0, 10), random.NextDouble() * 0.5, round % 3 == 0 ? $"jumps, seed {round}" : null);
            using var file = CandleFile.Open(Written(series));

            file.Series.Candles().ShouldBe(series.Candles());
            (file.Series.Instrument, file.Series.Interval, file.Series.StartTime, file.Series.Count, file.Series.GeneratedBy)
                .ShouldBe((series.Instrument, series.Interval, series.StartTime, series.Count, series.GeneratedBy));
            file.Holes.ShouldBe(Enumerable.Range(0, series.Count).Count(series.IsHole));
            Gap.Of(file.Series).ShouldBe(Gap.Of(series));
            var index = CandleIndex.Build(file.Series.Low.Span, file.Series.High.Span, file.Series.Close.Span);
            file.Series.Index.Small.LowMin.ToArray().ShouldBe(index.Small.LowMin.ToArray());
            file.Series.Index.Small.CloseMax.ToArray().ShouldBe(index.Small.CloseMax.ToArray());
            file.Series.Index.Large.HighMax.ToArray().ShouldBe(index.Large.HighMax.ToArray());
            file.Series.Index.Large.CloseMin.ToArray().ShouldBe(index.Large.CloseMin.ToArray());
        }
    }

    [Fact]
    public void The_unit_does_not_change_the_bytes()
    {
        var series = Some.Series(new Random(3), 500);
        var first = File.ReadAllBytes(Written(series));
        File.ReadAllBytes(Written(series.WithPriceDecimals(4))).ShouldBe(first);
    }

    [Fact]
    public void The_fingerprint_is_the_hash_of_the_canonical_text()
    {
        var series = Some.Series(new Random(4), 1_000);
        var text = string.Concat(series.Candles().Select(c =>
            $"{c.OpenTime},{Canonical(c.Open)},{Canonical(c.High)},{Canonical(c.Low)},{Canonical(c.Close)},{Canonical(c.Volume)}\n"));
        using var file = CandleFile.Open(Written(series));
        file.Series.Fingerprint.ShouldBe(Convert.ToHexStringLower(SHA256.HashData(Encoding.UTF8.GetBytes(text))));
    }

    [Fact]
    public void Every_truncation_is_noticed()
    {
        var path = Sound();
        var bytes = File.ReadAllBytes(path);
        var lengths = Enumerable.Range(0, 1_025).Concat(Enumerable.Range(1_025, bytes.Length - 1_025).Where(i => i % 97 == 0)).Append(bytes.Length - 1);
        foreach (var length in lengths)
        {
            File.WriteAllBytes(path, bytes[..length]);
            Should.Throw<DataException>(() => CandleFile.Open(path)).Message.ShouldContain(path);
        }
    }

    [Fact]
    public void Every_flipped_bit_is_noticed()
    {
        var path = Sound();
        var bytes = File.ReadAllBytes(path);
        var random = new Random(5);
        var places = Enumerable.Range(0, 1_024).Concat(Enumerable.Range(0, 1_500).Select(_ => random.Next(1_024, bytes.Length)));
        foreach (var place in places)
        {
            var damaged = bytes.ToArray();
            damaged[place] ^= (byte)(1 << random.Next(8));
            File.WriteAllBytes(path, damaged);
            Should.Throw<DataException>(() => CandleFile.Open(path), $"byte {place}");
        }
    }

    [Fact]
    public void Added_bytes_and_garbage_are_noticed()
    {
        var path = Sound();
        var bytes = File.ReadAllBytes(path);
        File.WriteAllBytes(path, [.. bytes, 0]);
        Should.Throw<DataException>(() => CandleFile.Open(path));
        var random = new Random(6);
        for (var round = 0; round < 200; round++)
        {
            var garbage = new byte[random.Next(0, 5_000)];
            random.NextBytes(garbage);
            File.WriteAllBytes(path, garbage);
            Should.Throw<DataException>(() => CandleFile.Open(path));
        }
    }

    [Fact]
    public void A_header_with_a_right_checksum_and_wrong_content_is_refused()
    {
        var path = Sound();
        var bytes = File.ReadAllBytes(path);
        var random = new Random(8);
        for (var round = 0; round < 2_000; round++)
        {
            var forged = bytes.ToArray();
            var place = random.Next(0, 1_016);
            forged[place] ^= (byte)random.Next(1, 256);
            BitConverter.TryWriteBytes(forged.AsSpan(1_016), Checksum.Compute(forged.AsSpan(0, 1_016)));
            File.WriteAllBytes(path, forged);
            try
            {
                using var file = CandleFile.Open(path);
                file.Series.Candles().Count.ShouldBeGreaterThan(0);
            }
            catch (DataException error)
            {
                error.Message.ShouldContain(path);
            }
        }
    }

    [Fact]
    public void The_message_names_the_damaged_section()
    {
        var path = Sound();
        var bytes = File.ReadAllBytes(path);
        bytes[CandleFileLayout.For(200)[(int)SectionKind.Volume - 1].Offset] ^= 1;
        File.WriteAllBytes(path, bytes);
        Should.Throw<DataException>(() => CandleFile.Open(path)).Message.ShouldContain("section Volume: checksum is");
    }

    [Fact]
    public void A_missing_file_is_an_error_of_data() =>
        Should.Throw<DataException>(() => CandleFile.Open(folder.File("none.candles"))).Message.ShouldContain("there is no such file");

    [Fact]
    public void Nothing_is_left_beside_the_file() => Directory.GetFiles(Path.GetDirectoryName(Sound())!).Length.ShouldBe(1);

    [Fact]
    public void Using_candles_after_closing_the_file_is_refused()
    {
        var file = CandleFile.Open(Sound());
        file.Dispose();
        Should.Throw<ObjectDisposedException>(() => file.Series.Low.Span.Length);
    }

    private static string Canonical(decimal value)
    {
        var text = value.ToString();
        return text.Contains('.') ? text.TrimEnd('0').TrimEnd('.') : text;
    }
}
