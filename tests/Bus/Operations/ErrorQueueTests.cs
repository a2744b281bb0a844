using Orders.Tests.Support;

namespace Orders.Tests.Bus.Operations;

public sealed class ErrorQueueTests(PostgresServer databases) : FailedMessageTests(databases)
{
    [Fact]
    public async Task Many_clicks_on_retry_at_once_send_one_message_back()
    {
        await using var bus = await StartWithFailedAsync(1);
        var failed = await OnlyAsync(bus);
        State.Well = true;

        var answers = await Task.WhenAll(Enumerable.Range(0, 20).Select(n => Errors(bus).RetryAsync(failed.Id, $"operator-{n}", Token)));

        Assert.Equal(0, Assert.Single(await Done.TakeAsync(1)).Number);
        await DrainedAsync(bus);
        Assert.Single(Done.All);
        Assert.Single(answers.Select(answer => (answer!.Resolution, answer.ResolvedBy)).Distinct());
        var entry = Assert.Single(await AuditAsync(bus, failed.Id));
        Assert.Equal(("retry", answers[0]!.ResolvedBy), (entry.Action, entry.Who));
        Assert.Equal("retried", entry.After!.Value.GetProperty("resolution").GetString());
    }

    [Fact]
    public async Task A_discard_says_who_and_why_and_a_retry_after_it_does_nothing()
    {
        await using var bus = await StartWithFailedAsync(1);
        var failed = await OnlyAsync(bus);

        await Task.WhenAll(Enumerable.Range(0, 5).Select(_ => Errors(bus).DiscardAsync(failed.Id, "olga", "ordered twice", Token)));
        var after = await Errors(bus).RetryAsync(failed.Id, "otto", Token);

        Assert.Equal(("discarded", "olga", "ordered twice"), (after!.Resolution, after.ResolvedBy, after.Note));
        Assert.Equal(0, await bus.ScalarAsync<long>("select count(*) from bus.delivery"));
        var entry = Assert.Single(await AuditAsync(bus));
        Assert.Equal(("discard", "ordered twice"), (entry.Action, entry.After!.Value.GetProperty("reason").GetString()));
    }

    [Fact]
    public async Task What_fails_again_is_in_the_error_queue_again()
    {
        await using var bus = await StartWithFailedAsync(1);
        var first = await OnlyAsync(bus);

        await Errors(bus).RetryAsync(first.Id, "olga", Token);
        await Eventually.TrueAsync(() => bus.ScalarAsync<bool>("select count(*) = 2 from bus.failed"));

        var second = await OnlyAsync(bus);
        Assert.NotEqual(first.Id, second.Id);
        Assert.Equal(first.MessageId, second.MessageId);
    }

    [Fact]
    public async Task The_list_filters_pages_and_leaves_large_bodies_out()
    {
        await using var bus = await StartWithFailedAsync(3);
        await bus.ExecuteAsync("update bus.message set body = body || repeat(' ', 20000) where body like '%\"Number\":1%' or body like '%\"number\":1%'");

        var all = await Errors(bus).ListAsync("worker", "work.do-work", null, 200, Token);
        var rest = await Errors(bus).ListAsync(null, null, all[0].Id, 1, Token);

        Assert.Equal(all.Select(one => one.Id).OrderDescending(), all.Select(one => one.Id));
        Assert.Equal(all[1].Id, Assert.Single(rest).Id);
        Assert.Empty(await Errors(bus).ListAsync("elsewhere", null, null, 200, Token));
        Assert.Empty(await Errors(bus).ListAsync(null, "work.work-done", null, 200, Token));
        var large = Assert.Single(all, one => one.Body is null);
        Assert.Equal(20_000, (await Errors(bus).FindAsync(large.Id, Token))!.Body!.Count(character => character == ' '));
    }

    [Fact]
    public async Task What_never_left_goes_back_to_the_outbox()
    {
        await using var bus = await StartWithFailedAsync(2);
        await bus.ExecuteAsync("update bus.failed set away = true");
        var failed = await Errors(bus).ListAsync(null, null, null, 200, Token);

        await Errors(bus).RetryAsync(failed[0].Id, "olga", Token);
        var edited = await Errors(bus).EditAndRetryAsync(failed[1].Id, new(null, new Dictionary<string, string?> { ["a"] = "b" }), "olga", Token);

        Assert.Equal(0, await bus.ScalarAsync<long>("select count(*) from bus.delivery"));
        Assert.Equal(
            string.Join(' ', new[] { failed[0].MessageId, edited!.EditedAs!.Value }),
            await bus.ScalarAsync<string>("select string_agg(message::text, ' ' order by seq) from bus.outgoing"));
    }
}
