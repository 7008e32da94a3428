using System.Text;
using Trellis.Core;
using Trellis.Core.Markets;
using Trellis.Core.Orders;
using Trellis.Core.Trading.Venues;
using static Trellis.Exchanges.Tests.Paper.ScriptedMarket;

namespace Trellis.Exchanges.Tests.Paper;

public sealed class PaperKeepingTests
{
    private static CancellationToken Cancelled => TestContext.Current.CancellationToken;

    [Fact]
    public async Task An_account_that_was_dropped_comes_back_with_its_orders_positions_and_money()
    {
        await using var account = await PaperAccount.OpenAsync(hedgeMode: true);
        await TradeAsync(account);
        var before = await account.DescribeAsync();
        before.ShouldContain("Untriggered");

        await account.ReopenAsync();

        (await account.DescribeAsync()).ShouldBe(before);
    }

    [Fact]
    public async Task Fills_keep_their_numbers_and_new_ones_get_new_ones_however_the_market_moved_between()
    {
        await using var account = await PaperAccount.OpenAsync();
        for (var i = 0; i < 20; i++)
        {
            account.Quote(100m + (i % 7), 100.2m + (i % 7));
            if (i % 4 == 0)
            {
                await account.MarketAsync(Side.Buy, 1m);
            }
        }

        var before = await account.DescribeAsync();
        await account.ReopenAsync();
        (await account.DescribeAsync()).ShouldBe(before);

        account.Quote(104m, 104.1m);
        await account.MarketAsync(Side.Sell, 1m);
        (await account.SnapshotAsync()).Fills.Select(fill => fill.TradeId).Distinct(StringComparer.Ordinal).Count().ShouldBe(6);
    }

    [Fact]
    public async Task A_copy_of_the_file_taken_at_any_answer_has_all_that_was_answered()
    {
        await using var account = await PaperAccount.OpenAsync();
        for (var i = 1; i <= 5; i++)
        {
            var placed = await account.LimitAsync(Side.Buy, 99m - i, 1m);
            var copy = account.File + ".copy";
            File.Copy(account.File, copy, overwrite: true);

            (await File.ReadAllTextAsync(copy, Cancelled)).ShouldContain($"\"{placed.Order!.ClientOrderId}\"");
        }
    }

    [Fact]
    public async Task Cut_at_any_byte_of_its_last_record_the_file_is_what_it_was_before_that_record()
    {
        await using var account = await PaperAccount.OpenAsync();
        await TradeAsync(account);
        var before = await account.DescribeAsync();
        var length = new FileInfo(account.File).Length;
        await account.LimitAsync(Side.Buy, 95m, 1m, order => order with { ClientOrderId = "last" });
        await account.DropAsync();
        var whole = await File.ReadAllBytesAsync(account.File, Cancelled);
        (whole.Length - length).ShouldBeGreaterThan(100);

        for (var cut = length; cut < whole.Length; cut++)
        {
            await File.WriteAllBytesAsync(account.File, whole[..(int)cut], Cancelled);
            await account.ConnectAsync();
            (await account.DescribeAsync()).ShouldBe(before, $"cut at {cut} of {whole.Length}");
            await account.DropAsync();
        }

        await File.WriteAllBytesAsync(account.File, whole, Cancelled);
        await account.ConnectAsync();
        (await account.SnapshotAsync()).OpenOrders.ShouldContain(order => order.ClientOrderId == "last");
    }

    [Theory]
    [InlineData(0.0, "does not begin with")]
    [InlineData(0.2, "checksum")]
    [InlineData(0.9, "checksum")]
    public async Task A_damaged_file_is_refused_by_name_and_place_and_left_as_it_is(double place, string message)
    {
        await using var account = await PaperAccount.OpenAsync();
        await TradeAsync(account);
        await account.DropAsync();
        var content = await File.ReadAllBytesAsync(account.File, Cancelled);
        var damaged = content.ToArray();
        damaged[(int)(place * content.Length)] ^= 1;
        await File.WriteAllBytesAsync(account.File, damaged, Cancelled);

        var error = await Should.ThrowAsync<DataException>(account.ConnectAsync);

        error.Message.ShouldContain(account.File);
        error.Message.ShouldContain(message);
        (await File.ReadAllBytesAsync(account.File, Cancelled)).ShouldBe(damaged);
        await File.WriteAllBytesAsync(account.File, content, Cancelled);
        await account.ConnectAsync();
    }

    [Fact]
    public async Task A_file_cut_before_its_state_is_refused()
    {
        await using var account = await PaperAccount.OpenAsync();
        await account.DropAsync();
        var content = await File.ReadAllBytesAsync(account.File, Cancelled);
        await File.WriteAllBytesAsync(account.File, content[..(content.Length / 2)], Cancelled);

        (await Should.ThrowAsync<DataException>(account.ConnectAsync)).Message.ShouldContain("before its state");
        await File.WriteAllBytesAsync(account.File, content, Cancelled);
        await account.ConnectAsync();
    }

    [Fact]
    public async Task Two_programs_can_not_have_one_account()
    {
        await using var account = await PaperAccount.OpenAsync();
        await using var other = new Exchanges.Paper.PaperAdapter(
            new ScriptedMarket(), new Exchanges.Paper.PaperOptions { StatePath = account.File, Balance = 1m, Instruments = offered => offered }, TimeProvider.System);

        (await Should.ThrowAsync<RunException>(() => other.ConnectAsync(Cancelled))).Message.ShouldContain("another bot");
    }

    [Fact]
    public async Task Prices_that_went_through_an_order_while_nobody_looked_fill_it_at_the_next_start()
    {
        await using var account = await PaperAccount.OpenAsync();
        var placed = await account.LimitAsync(Side.Buy, 99m, 1m);

        await account.ReopenAsync(_ => account.Market.Prices[Bitcoin] = (97m, 97.1m));

        (await account.StateOfAsync(placed)).AveragePrice.ShouldBe(99m);
        (await account.MarketAsync(Side.Buy, 1m)).Order!.AveragePrice.ShouldBe(97.1m);
    }

    [Fact]
    public async Task Quotes_that_change_nothing_for_the_account_are_not_written()
    {
        await using var account = await PaperAccount.OpenAsync();
        await account.LimitAsync(Side.Buy, 99m, 1m);
        var length = new FileInfo(account.File).Length;

        for (var i = 0; i < 100; i++)
        {
            account.Quote(100m + i, 100.1m + i);
        }

        new FileInfo(account.File).Length.ShouldBe(length);
    }

    [Fact]
    public async Task An_account_hedged_over_two_instruments_is_not_liquidated_by_being_read_again()
    {
        await using var account = await PaperAccount.OpenAsync(balance: 1_000m);
        await account.MarketAsync(Side.Buy, 90m);
        await account.Trading.PlaceAsync(
            Ether, new Core.Trading.Effects.OrderIntent { Market = 1, Bot = 0, ClientOrderId = "hedge", Side = Side.Sell, Kind = OrderKind.Market, Quantity = 900m }, Cancelled);
        for (var step = 1; step <= 40; step++)
        {
            account.Quote(100m - step, 100.1m - step);
            account.Market.Quote(Ether, 10m - (step / 10m), 10.1m - (step / 10m));
        }

        await account.LimitAsync(Side.Buy, 50m, 1m);
        (await account.SnapshotAsync()).Positions.Count.ShouldBe(2);

        await account.ReopenAsync();

        (await account.SnapshotAsync()).Positions.Count.ShouldBe(2);
    }

    [Fact]
    public async Task An_instrument_can_join_and_one_that_is_no_longer_traded_stays_in_the_file()
    {
        await using var account = await PaperAccount.OpenAsync();
        account.Instruments = [Bitcoin];
        await account.ReopenAsync(File.Delete);
        await account.MarketAsync(Side.Buy, 1m);
        account.Instruments = [Ether];
        await account.ReopenAsync();

        (await account.Trading.PlaceAsync(
            Ether, new Core.Trading.Effects.OrderIntent { Market = 0, Bot = 0, ClientOrderId = "new", Side = Side.Buy, Kind = OrderKind.Market, Quantity = 1m }, Cancelled)).Order!.AveragePrice.ShouldBe(10.1m);
        (await account.SnapshotAsync()).Positions.Select(position => position.Instrument).ShouldBe([Bitcoin, Ether]);
    }

    [Fact]
    public async Task New_rules_of_the_exchange_hold_from_the_next_start_on()
    {
        await using var account = await PaperAccount.OpenAsync();
        await account.MarketAsync(Side.Buy, 1m);
        account.Tick = 0.01m;
        await account.ReopenAsync();
        (await account.LimitAsync(Side.Buy, 98.77m, 1m)).Order!.Price.ShouldBe(98.77m);
        var before = await account.DescribeAsync();

        await account.ReopenAsync();

        (await account.DescribeAsync()).ShouldBe(before);
    }

    [Fact]
    public async Task Funding_is_paid_once_however_often_the_account_is_opened()
    {
        await using var account = await PaperAccount.OpenAsync();
        await account.MarketAsync(Side.Buy, 10m);
        account.Time.Pass(TimeSpan.FromHours(9));
        account.Market.FundingRates.Add(new FundingRate(account.Time.GetUtcNow().AddHours(-1).ToUnixTimeMilliseconds(), 0.001m, 100m));

        for (var i = 0; i < 3; i++)
        {
            await account.ReopenAsync();
            await Wait.UntilAsync(async () => (await account.SnapshotAsync()).Income.Count == 2, "the funding is paid");
        }

        var funding = (await account.SnapshotAsync()).Income[^1];
        (funding.Kind, funding.Instrument, funding.Amount).ShouldBe((VenueIncomeKind.Funding, Bitcoin, -1m));
    }

    [Fact]
    public async Task The_file_is_text_that_a_person_can_read()
    {
        await using var account = await PaperAccount.OpenAsync();
        await account.LimitAsync(Side.Buy, 99m, 1m);

        var lines = Encoding.UTF8.GetString(await File.ReadAllBytesAsync(account.File, Cancelled)).Split('\n');

        lines[0].ShouldBe("trellis paper account 1");
        lines[1][17..].ShouldStartWith("paper {");
        lines[^2][17..].ShouldStartWith("place-order {");
    }

    private static async Task TradeAsync(PaperAccount account)
    {
        var (longSide, shortSide) = account.HedgeMode ? (PositionSide.Long, PositionSide.Short) : (PositionSide.Net, PositionSide.Net);
        (await account.MarketAsync(Side.Buy, 2m, order => order with { PositionSide = longSide })).Order.ShouldNotBeNull();
        (await account.LimitAsync(Side.Sell, 101m, 0.5m, order => order with { PositionSide = shortSide })).Order.ShouldNotBeNull();
        (await account.LimitAsync(Side.Sell, 105m, 0.5m, order => order with { PositionSide = longSide })).Order.ShouldNotBeNull();
        (await account.TriggerAsync(Side.Sell, OrderKind.TriggerAtOrBelow, 90m, 1m, order => order with { PositionSide = longSide })).Order.ShouldNotBeNull();
        account.Quote(102m, 102.1m);
        account.Quote(100m, 100.1m);
    }
}
