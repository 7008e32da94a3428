using System.Globalization;
using System.Text.Json;
using Trellis.Core.Matching.Commands;
using Trellis.Core.Numerics;
using Trellis.Core.Orders;
using Trellis.Simulator.Venues.Binance.Streams;

namespace Trellis.Simulator.Tests.Venues.Binance.Streams;

/// <summary>A local book, kept as Binance tells to keep one, is the exchange's book: whenever one begins, at every speed.</summary>
public sealed class DepthChainTests
{
    [Theory]
    [InlineData(1)]
    [InlineData(2)]
    [InlineData(3)]
    public async Task Snapshot_and_differences_are_the_exchanges_book(ulong seed)
    {
        await using var floor = new StreamFloor(StreamFloor.Patient);
        var random = new DeterministicRandom(seed);
        var account = await floor.AccountAsync(100_000_000m);
        var books = new List<LocalBook>();
        var compared = 0;
        for (var step = 0; step < 250; step++)
        {
            if (books.Count < 4 && random.NextBits() % 10 == 0)
            {
                var name = (random.NextBits() % 3) switch { 0 => "btcusdt@depth@100ms", 1 => "btcusdt@depth", _ => "btcusdt@depth@500ms" };
                books.Add(new LocalBook(floor.ConnectTo(StreamRoute.Public, name), name));
            }

            await ChangeAsync(floor, random, account);
            if (books.Count > 0 && random.NextBits() % 4 == 0)
            {
                // A snapshot of any moment will do, before or after what the stream has said.
                books[(int)(random.NextBits() % (ulong)books.Count)].TakeSnapshot(floor);
            }

            if (random.NextBits() % 3 == 0)
            {
                floor.Pass((int)(random.NextBits() % 400));
            }

            if (step % 10 == 9)
            {
                floor.Pass(500);
                foreach (var book in books)
                {
                    await book.ReadAsync();
                    compared += book.IsInStep(floor) ? 1 : 0;
                }
            }

            if (books.Count > 0 && random.NextBits() % 25 == 0)
            {
                await books[0].Client.AskAsync("UNSUBSCRIBE", books[0].Name);
                books.RemoveAt(0);
            }
        }

        compared.ShouldBeGreaterThan(20);
    }

    [Theory]
    [InlineData(5)]
    [InlineData(10)]
    [InlineData(20)]
    public async Task The_best_levels_are_those_of_the_exchange(int depth)
    {
        await using var floor = new StreamFloor(StreamFloor.Patient);
        var random = new DeterministicRandom(4);
        var account = await floor.AccountAsync(100_000_000m);
        var client = floor.ConnectTo(StreamRoute.Public, $"btcusdt@depth{depth}@100ms");
        var last = -1L;
        for (var step = 0; step < 60; step++)
        {
            await ChangeAsync(floor, random, account);
            floor.Pass(100);
            foreach (var message in await client.DrainAsync())
            {
                message.GetProperty("pu").GetInt64().ShouldBe(last < 0 ? message.GetProperty("pu").GetInt64() : last);
                last = message.GetProperty("u").GetInt64();
                var (bids, asks, updateId) = floor.Exchange.Read(engine => (engine.Levels(0, Side.Buy, depth), engine.Levels(0, Side.Sell, depth), engine.LastUpdateId(0)));
                last.ShouldBe(updateId);
                LocalBook.Levels(message.GetProperty("b")).ShouldBe(bids);
                LocalBook.Levels(message.GetProperty("a")).ShouldBe(asks);
            }
        }

        last.ShouldBeGreaterThan(0);
    }

    private static async Task ChangeAsync(StreamFloor floor, DeterministicRandom random, Core.Matching.Accounts.AccountId account)
    {
        var side = random.NextBits() % 2 == 0 ? Side.Buy : Side.Sell;
        var offset = (decimal)(random.NextBits() % 200) / 10m;
        switch (random.NextBits() % 6)
        {
            case 0:
                await floor.MoveAsync(50_000m + offset, volume: random.NextBits() % 3);
                break;
            case 1:
                await floor.DoAsync(now => new CancelAllOrders(now, account, 0));
                break;
            default:
                // Some of these trade, with the ladder and with each other.
                await floor.LimitAsync(account, side, 50_010m - (side.Sign() * offset), (1 + (random.NextBits() % 50)) / 100m);
                break;
        }
    }

    /// <summary>What a careful client does.</summary>
    private sealed class LocalBook(StreamClient client, string name)
    {
        private readonly List<JsonElement> _events = [];
        private readonly SortedDictionary<decimal, decimal> _bids = [];
        private readonly SortedDictionary<decimal, decimal> _asks = [];
        private long _snapshotId = -1;
        private long _lastU = -1;
        private long _applied = -1;

        public StreamClient Client { get; } = client;

        public string Name { get; } = name;

        public static IEnumerable<QuoteLevel> Levels(JsonElement levels) => levels.EnumerateArray().Select(level => new QuoteLevel(Number(level[0]), Number(level[1])));

        public void TakeSnapshot(StreamFloor floor)
        {
            if (_snapshotId >= 0)
            {
                return;
            }

            var (bids, asks, updateId) = floor.Exchange.Read(engine => (engine.Levels(0, Side.Buy, int.MaxValue), engine.Levels(0, Side.Sell, int.MaxValue), engine.LastUpdateId(0)));
            _snapshotId = updateId;
            Put(_bids, bids);
            Put(_asks, asks);
        }

        public async Task ReadAsync()
        {
            foreach (var message in await Client.DrainAsync())
            {
                var (first, last, previous) = (message.GetProperty("U").GetInt64(), message.GetProperty("u").GetInt64(), message.GetProperty("pu").GetInt64());
                first.ShouldBe(previous + 1);
                last.ShouldBeGreaterThanOrEqualTo(first);
                previous.ShouldBe(_lastU < 0 ? previous : _lastU, "a message is missing");
                _lastU = last;
                _events.Add(message);
            }
        }

        /// <summary>Applies what has come; whether there is a book, which is then compared.</summary>
        public bool IsInStep(StreamFloor floor)
        {
            if (_snapshotId < 0)
            {
                return false;
            }

            foreach (var message in _events.Where(message => message.GetProperty("u").GetInt64() >= _snapshotId))
            {
                if (_applied < 0)
                {
                    message.GetProperty("U").GetInt64().ShouldBeLessThanOrEqualTo(_snapshotId + 1, "the first difference must join the snapshot");
                }

                Put(_bids, Levels(message.GetProperty("b")));
                Put(_asks, Levels(message.GetProperty("a")));
                _applied = message.GetProperty("u").GetInt64();
            }

            _events.Clear();
            if (_applied < 0)
            {
                return false;
            }

            var (bids, asks, updateId) = floor.Exchange.Read(engine => (engine.Levels(0, Side.Buy, int.MaxValue), engine.Levels(0, Side.Sell, int.MaxValue), engine.LastUpdateId(0)));
            _applied.ShouldBe(updateId);
            _bids.Reverse().Select(level => new QuoteLevel(level.Key, level.Value)).ShouldBe(bids);
            _asks.Select(level => new QuoteLevel(level.Key, level.Value)).ShouldBe(asks);
            return true;
        }

        private static void Put(SortedDictionary<decimal, decimal> side, IEnumerable<QuoteLevel> levels)
        {
            foreach (var level in levels)
            {
                if (level.Quantity == 0)
                {
                    side.Remove(level.Price);
                }
                else
                {
                    side[level.Price] = level.Quantity;
                }
            }
        }

        private static decimal Number(JsonElement text) => decimal.Parse(text.GetString()!, CultureInfo.InvariantCulture);
    }
}
