using System.IO.Compression;
using System.Text;
using Trellis.Core;
using Trellis.Core.Markets;
using Trellis.Data.Import;
using Trellis.Data.Store;

namespace Trellis.Data.Tests.Import;

public sealed class ImportFuzzTests : IDisposable
{
    private const string Alphabet = "0123456789.,-+eE \r\n\"xN;\0";

    private readonly TemporaryFolder folder = new();

    public void Dispose() => folder.Dispose();

    [Fact]
    public void Mutated_text_is_imported_as_the_rules_say_or_refused_with_its_place()
    {
        var imported = 0;
        for (var seed = 0; seed < 3_000; seed++)
        {
            var random = new Random(seed);
            var text = Mutate(random, SimpleImport.Csv(Some.Series(random, random.Next(1, 30)).Candles(), random.Next(2) == 0, random.Next(2) == 0, random.Next(4) == 0));
            imported += Check(seed, text, Encoding.UTF8.GetBytes(text)) ? 1 : 0;
        }

        imported.ShouldBeInRange(300, 2_700);
    }

    [Fact]
    public void Mutated_archives_are_imported_as_the_rules_say_or_refused()
    {
        for (var seed = 0; seed < 1_500; seed++)
        {
            var random = new Random(seed);
            var text = Encoding.UTF8.GetBytes(SimpleImport.Csv(Some.Series(random, random.Next(1, 200)).Candles()));
            var zip = seed % 2 == 0;
            var bytes = zip ? SimpleImport.Zip(text) : SimpleImport.Gzip(text);
            for (var i = random.Next(1, 4); i > 0; i--)
            {
                bytes[random.Next(bytes.Length)] ^= (byte)(1 << random.Next(8));
            }

            if (random.Next(3) == 0)
            {
                bytes = bytes[..random.Next(bytes.Length)];
            }

            Check(seed, zip ? Encoding.UTF8.GetString(text) : Unpack(bytes), bytes);
        }
    }

    private bool Check(int seed, string? text, byte[] bytes)
    {
        var directory = folder.File($"store{seed}");
        var path = folder.Write($"fuzz{seed}.csv", bytes);
        var store = new CandleStore(directory);
        try
        {
            new CandleImporter(store).Import(new ImportRequest { Files = [path], Instrument = Some.Instrument, Interval = Interval.OneMinute, MaxCandles = 100_000 });
        }
        catch (DataException error)
        {
            error.Message.ShouldContain(Path.GetFileName(path), customMessage: $"seed {seed}");
            Directory.Exists(directory).ShouldBeFalse($"seed {seed}");
            var expected = text is null ? null : SimpleImport.Parse(text, Interval.OneMinute);
            if (bytes.AsSpan().StartsWith(Encoding.UTF8.GetBytes(text ?? "-")) && expected is not null)
            {
                ((expected.Keys.Last() - expected.Keys.First()) / 60_000).ShouldBeGreaterThanOrEqualTo(100_000, $"seed {seed}: {error.Message}");
            }

            return false;
        }
        finally
        {
            File.Delete(path);
        }

        using var file = store.Open(Some.Instrument, Interval.OneMinute);
        var simple = SimpleImport.Parse(text.ShouldNotBeNull($"seed {seed}"), Interval.OneMinute).ShouldNotBeNull($"seed {seed}: {text}");
        file.Series.Candles().ShouldBe(simple.Values.ToList(), $"seed {seed}");
        return true;
    }

    private static string Mutate(Random random, string text)
    {
        var builder = new StringBuilder(text);
        for (var i = random.Next(0, 4); i > 0 && builder.Length > 0; i--)
        {
            var at = random.Next(builder.Length);
            switch (random.Next(5))
            {
                case 0: builder[at] = Alphabet[random.Next(Alphabet.Length)]; break;
                case 1: builder.Remove(at, 1); break;
                case 2: builder.Insert(at, Alphabet[random.Next(Alphabet.Length)]); break;
                case 3: builder.Insert(at, builder.ToString(at, Math.Min(60, builder.Length - at))); break;
                default: builder[at] = (char)('0' + random.Next(10)); break;
            }
        }

        return builder.ToString();
    }

    private static string? Unpack(byte[] bytes)
    {
        if (bytes.Length < 2 || bytes[0] != 0x1F || bytes[1] != 0x8B)
        {
            return Encoding.UTF8.GetString(bytes);
        }

        try
        {
            using var gzip = new GZipStream(new MemoryStream(bytes), CompressionMode.Decompress);
            using var content = new MemoryStream();
            gzip.CopyTo(content);
            return Encoding.UTF8.GetString(content.ToArray());
        }
        catch (InvalidDataException)
        {
            return null;
        }
    }
}
