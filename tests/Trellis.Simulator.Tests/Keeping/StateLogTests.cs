using Trellis.Core;
using Trellis.Core.Matching;
using Trellis.Core.Matching.Commands;
using Trellis.Core.Matching.State;
using Trellis.Core.Numerics;
using Trellis.Simulator.Keeping;

namespace Trellis.Simulator.Tests.Keeping;

public sealed class StateLogTests : IDisposable
{
    private readonly TemporaryFolder _folder = new();

    private string Path => _folder.PathOf("exchange.state");

    public void Dispose() => _folder.Dispose();

    [Theory]
    [InlineData(1)]
    [InlineData(2)]
    [InlineData(3)]
    public async Task A_file_cut_anywhere_holds_a_prefix_with_everything_that_was_acknowledged_by_then(ulong seed)
    {
        var random = new DeterministicRandom(seed);
        var examples = new CommandExamples(seed);
        var written = new List<string>();
        // How long the file was when so many commands were acknowledged.
        var acknowledged = new List<(long Length, int Commands)>();
        await using (var log = StateFiles.Create(Path))
        {
            acknowledged.Add((new FileInfo(Path).Length, 0));
            for (var round = 0; round < 150; round++)
            {
                var command = examples.Next();
                written.Add(CommandExamples.Describe(command));
                var place = log.Append(command);
                if (random.NextBits() % 3 == 0)
                {
                    await log.CommittedAsync(place);
                    acknowledged.Add((new FileInfo(Path).Length, written.Count));
                }
            }
        }

        var whole = await File.ReadAllBytesAsync(Path, TestContext.Current.CancellationToken);
        acknowledged.Add((whole.Length, written.Count));
        var shortest = (int)acknowledged[0].Length;
        var cuts = Enumerable.Range(0, 150).Select(_ => shortest + (int)(random.NextBits() % (ulong)(whole.Length - shortest)))
            .Concat(acknowledged.Select(point => (int)point.Length));
        foreach (var cut in cuts)
        {
            await File.WriteAllBytesAsync(Path, whole[..cut], TestContext.Current.CancellationToken);
            var found = StateFileReader.TryRead(Path).ShouldNotBeNull();

            found.Commands.Select(CommandExamples.Describe).ShouldBe(written.Take(found.Commands.Count));
            found.Commands.Count.ShouldBeGreaterThanOrEqualTo(acknowledged.Where(point => point.Length <= cut).Max(point => point.Commands));
            found.TornBytes.ShouldBeInRange(0, cut - shortest);
        }
    }

    [Fact]
    public async Task A_changed_byte_anywhere_is_an_error_that_names_file_and_offset()
    {
        await using (var log = StateFiles.Create(Path))
        {
            foreach (var command in Enumerable.Range(1, 3).Select(time => new PassTime(StateFiles.Start + time)))
            {
                await log.CommittedAsync(log.Append(command));
            }
        }

        var whole = await File.ReadAllBytesAsync(Path, TestContext.Current.CancellationToken);
        for (var offset = 0; offset < whole.Length; offset++)
        {
            var damaged = whole.ToArray();
            damaged[offset] ^= 0x40;
            await File.WriteAllBytesAsync(Path, damaged, TestContext.Current.CancellationToken);

            var error = Should.Throw<DataException>(() => StateFileReader.TryRead(Path), $"byte {offset} of {whole.Length}");
            error.Message.ShouldContain(Path);
            error.Message.ShouldMatch("damaged at byte [0-9]+|does not begin with");
        }
    }

    [Fact]
    public async Task Zeros_where_a_write_was_due_are_a_torn_write()
    {
        await using (var log = StateFiles.Create(Path))
        {
            await log.CommittedAsync(log.Append(new PassTime(StateFiles.Start)));
        }

        await File.AppendAllBytesAsync(Path, new byte[5_000], TestContext.Current.CancellationToken);

        var found = StateFileReader.TryRead(Path).ShouldNotBeNull();
        found.Commands.Count.ShouldBe(1);
        found.TornBytes.ShouldBe(5_000);
    }

    [Theory]
    [InlineData("")]
    [InlineData(null)]
    public void An_empty_or_missing_file_is_a_new_exchange(string? content)
    {
        if (content is not null)
        {
            File.WriteAllText(Path, content);
        }

        StateFileReader.TryRead(Path).ShouldBeNull();
    }

    [Theory]
    [InlineData("TRLSTA")]
    [InlineData("BTCUSDT,1,2,3\n")]
    public void A_file_of_another_kind_is_refused_and_left_alone(string content)
    {
        File.WriteAllText(Path, content);

        Should.Throw<DataException>(() => StateKeeper.Open(Path)).Message.ShouldContain("is not a state file");
        File.ReadAllText(Path).ShouldBe(content);
    }

    [Fact]
    public async Task Commands_of_many_callers_are_all_there_in_the_order_of_their_places()
    {
        var places = new System.Collections.Concurrent.ConcurrentDictionary<long, long>();
        await using (var log = StateFiles.Create(Path))
        {
            await Task.WhenAll(Enumerable.Range(0, 8).Select(caller => Task.Run(async () =>
            {
                for (var round = 0; round < 100; round++)
                {
                    var time = (caller * 1_000) + round;
                    var place = log.Append(new PassTime(time));
                    places.TryAdd(place, time).ShouldBeTrue();
                    await log.CommittedAsync(place);
                    if (round % 25 == 0)
                    {
                        Times(Path).ShouldContain(time);
                    }
                }
            })));
        }

        places.Keys.Order().ShouldBe(Enumerable.Range(1, 800).Select(place => (long)place));
        Times(Path).ShouldBe(places.OrderBy(entry => entry.Key).Select(entry => entry.Value));
    }

    [Fact]
    public async Task The_last_word_on_a_part_counts_and_survives_a_snapshot()
    {
        await using (var log = StateFiles.Create(Path))
        {
            log.AppendPart("venue", [1]);
            log.Append(new PassTime(1));
            log.BeginSnapshot(EngineAt(5));
            log.Append(new PassTime(6));
            await log.CommittedAsync(log.EndSnapshot(new Dictionary<string, byte[]>(StringComparer.Ordinal) { ["market"] = [2] }));
            log.Append(new PassTime(7));
        }

        var found = StateFileReader.TryRead(Path).ShouldNotBeNull();
        found.Engine.ShouldNotBeNull().Time.ShouldBe(5);
        found.Commands.Select(command => command.Time).ShouldBe([6, 7]);
        found.Part("venue").ShouldBe([1]);
        found.Part("market").ShouldBe([2]);
        found.StatedParts([]).Keys.ShouldBe(["venue", "market"], ignoreOrder: true);
    }

    [Fact]
    public async Task A_snapshot_is_due_whenever_the_log_has_grown()
    {
        var due = 0;
        await using (var log = StateFiles.Create(Path, snapshotBytes: 2_000))
        {
            log.SnapshotDue = () => Interlocked.Increment(ref due);
            for (var round = 0; round < 200; round++)
            {
                await log.CommittedAsync(log.Append(new PassTime(round)));
            }

            due.ShouldBe(1);
            var before = new FileInfo(Path).Length;
            log.BeginSnapshot(EngineAt(200));
            await log.CommittedAsync(log.EndSnapshot(StateFiles.NoParts));
            var afterSnapshot = new FileInfo(Path).Length;
            afterSnapshot.ShouldBeLessThan(before);
            for (var round = 0; round < 200; round++)
            {
                await log.CommittedAsync(log.Append(new PassTime(round)));
            }
        }

        due.ShouldBe(2);
    }

    [Fact]
    public async Task Two_simulators_do_not_share_a_file()
    {
        await using (StateKeeper.Open(Path))
        {
            var error = Should.Throw<RunException>(() => StateKeeper.Open(Path));
            error.Message.ShouldContain("another simulator");
            error.ExitCode.ShouldBe(1);
        }

        await StateKeeper.Open(Path).DisposeAsync();
    }

    [Fact]
    public async Task A_file_that_is_no_longer_writable_fails_all_who_wait()
    {
        var log = StateFiles.Create(Path);
        var place = log.Append(new PassTime(1));
        await log.CommittedAsync(place);
        // A command that has no word stands for a disk that takes no more.
        var broken = log.Append(new Unwritable(2));

        await Should.ThrowAsync<RunException>(async () => await log.CommittedAsync(broken));
        Should.Throw<RunException>(() => log.Append(new PassTime(2)));
        await log.CommittedAsync(place);
        await log.DisposeAsync();
    }

    private static EngineState EngineAt(long time) =>
        new MatchingEngine(new MatchingSettings { Instruments = StateFiles.Settings().Instruments, StartTime = time }).Capture();

    private sealed record Unwritable(long Time) : MatchingCommand(Time);

    private static IEnumerable<long> Times(string path) => StateFileReader.TryRead(path)!.Commands.Select(command => command.Time);
}
