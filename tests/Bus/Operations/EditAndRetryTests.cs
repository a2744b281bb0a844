using Orders.Bus.Engine;
using Orders.Tests.Support;

namespace Orders.Tests.Bus.Operations;

public sealed class EditAndRetryTests(PostgresServer databases) : FailedMessageTests(databases)
{
    private const string Key = "01a1fdea-d3ea-7e7e-8819-9c5f0df49778";

    [Fact]
    public async Task The_edited_message_is_a_new_one_that_names_the_first_as_its_cause()
    {
        await using var bus = await StartWithFailedAsync(1);
        var failed = await OnlyAsync(bus);
        State.Well = true;

        var body = $$"""{"Key":"{{Key}}","Number":42,"FromALaterVersion":[1]}""";
        var edited = await Errors(bus).EditAndRetryAsync(failed.Id, new(body, new Dictionary<string, string?> { ["why"] = "a typo" }), "olga", Token);

        var done = Assert.Single(await Done.TakeAsync(1));
        Assert.Equal((Guid.Parse(Key), 42), (done.Key, done.Number));
        Assert.NotEqual(failed.MessageId, edited!.EditedAs);
        Assert.Equal(("retried", "olga"), (edited.Resolution, edited.ResolvedBy));
        Assert.True(await bus.ScalarAsync<bool>(
            $"""
             select new.body = $${body}$$ and new.cause = first.id and new.conversation = first.conversation and new.key = '{Key}'
               and new.headers::jsonb ->> 'why' = 'a typo' and first.body <> new.body
             from bus.message new, bus.message first where new.id = '{edited.EditedAs}' and first.id = '{failed.MessageId}'
             """));
        var entry = Assert.Single(await AuditAsync(bus, failed.Id));
        Assert.Equal(("edit-and-retry", "olga"), (entry.Action, entry.Who));
        Assert.Equal((failed.Body, body), (entry.Before!.Value.GetProperty("body").GetString(), entry.After!.Value.GetProperty("body").GetString()));
    }

    [Fact]
    public async Task Many_clicks_at_once_send_one_edited_message()
    {
        await using var bus = await StartWithFailedAsync(1);
        var failed = await OnlyAsync(bus);
        State.Well = true;

        var answers = await Task.WhenAll(Enumerable.Range(0, 20).Select(number => Errors(bus).EditAndRetryAsync(
            failed.Id, new($$"""{"Key":"{{Key}}","Number":{{number}}}""", null), "olga", Token)));

        await Done.TakeAsync(1);
        await DrainedAsync(bus);
        Assert.Single(Done.All);
        Assert.Single(answers.Select(answer => answer!.EditedAs).Distinct());
        Assert.Single(await AuditAsync(bus));
        Assert.Equal(1, await bus.ScalarAsync<long>($"select count(*) from bus.message where key = '{Key}' and type = 'work.do-work'"));
    }

    [Theory]
    [InlineData("no json", "/body", "malformed")]
    [InlineData("null", "/body", "null")]
    [InlineData("""{"Key":"nobody","Number":1}""", "/body", "malformed")]
    public async Task What_nobody_could_handle_is_refused_and_nothing_is_stored(string body, string member, string reason)
    {
        await using var bus = await StartWithFailedAsync(1);
        var failed = await OnlyAsync(bus);

        var refused = await Assert.ThrowsAsync<MessageEditException>(() => Errors(bus).EditAndRetryAsync(failed.Id, new(body, null), "olga", Token));

        Assert.Equal(member, refused.Member);
        Assert.Contains(reason, refused.Message, StringComparison.Ordinal);
        Assert.Null((await Errors(bus).FindAsync(failed.Id, Token))!.Resolution);
        Assert.Empty(await AuditAsync(bus));
    }

    [Theory]
    [InlineData(256, 1)]
    [InlineData(1, 65_536)]
    public async Task Headers_that_no_broker_takes_are_refused(int name, int value)
    {
        await using var bus = await StartWithFailedAsync(1);
        var failed = await OnlyAsync(bus);
        var headers = new Dictionary<string, string?>(StringComparer.Ordinal) { [new('h', name)] = new('v', value) };

        var refused = await Assert.ThrowsAsync<MessageEditException>(() => Errors(bus).EditAndRetryAsync(failed.Id, new(null, headers), "olga", Token));

        Assert.Equal("/headers", refused.Member);
        Assert.Null((await Errors(bus).FindAsync(failed.Id, Token))!.Resolution);
    }

    [Fact]
    public async Task Headers_that_follow_from_the_message_cannot_be_set_and_malformed_ones_are_replaced()
    {
        await using var bus = await StartWithFailedAsync(1);
        await bus.ExecuteAsync("update bus.message set headers = 'no json'");
        var failed = await OnlyAsync(bus);
        State.Well = true;

        await Assert.ThrowsAsync<MessageEditException>(() => Errors(bus).EditAndRetryAsync(
            failed.Id, new(null, new Dictionary<string, string?> { [Headers.MessageId] = Key }), "olga", Token));
        await Errors(bus).EditAndRetryAsync(failed.Id, new(null, new Dictionary<string, string?> { ["a"] = "b", ["c"] = null }), "olga", Token);

        Assert.Equal(0, Assert.Single(await Done.TakeAsync(1)).Number);
    }
}
