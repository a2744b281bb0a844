using Microsoft.Extensions.DependencyInjection;
using Orders.Bus.Engine;
using Orders.Bus.Storage;
using Orders.Tests.Bus.Engine;
using Orders.Tests.Support;

namespace Orders.Tests.Bus.Erasing;

/// <summary>What names a person is masked in all that the engine keeps; nothing of anybody else is.</summary>
public sealed class ErasureTests(PostgresServer databases)
{
    private readonly PostOffice office = new();
    private readonly Recorder<SendLetter> sent = new();

    private static CancellationToken Token => TestContext.Current.CancellationToken;

    [Fact]
    public async Task A_keys_messages_and_histories_are_masked_and_others_stay()
    {
        await using var bus = await StartAsync();
        var (ann, ben) = (Guid.CreateVersion7(), Guid.CreateVersion7());
        await bus.Session.Send(new SendLetter(ann, 2, "Ann of Acre Lane"));
        await bus.Session.Send(new SendLetter(ben, 3, "Ben"));
        await sent.TakeAsync(2);

        await EraseAsync(bus, erasure => erasure.OfKey(ann.ToString("D"), Later));

        Assert.Equal(0, await MentionsAsync(bus, "Acre"));
        Assert.True(await bus.ScalarAsync<bool>($$"""select body::jsonb = '{"Letter":"{{ann}}","Stamps":2,"To":"***"}' from bus.message where key = '{{ann}}'"""));
        // The message, the saga's last state and its history.
        Assert.Equal(3, await MentionsAsync(bus, "Ben"));
        var history = await bus.Services.GetRequiredService<SagaHistory>().ReadAsync<LetterSaga>(ann, Token).ToListAsync(Token);
        Assert.Equal("***", Assert.Single(history).State.GetProperty("To").GetString());
    }

    [Fact]
    public async Task A_saga_that_has_not_ended_keeps_what_it_works_with()
    {
        await using var bus = await StartAsync();
        office.KeepsLetters = true;
        var ann = Guid.CreateVersion7();
        await bus.Session.Send(new SendLetter(ann, 2, "Ann"));
        await sent.TakeAsync(1);

        await EraseAsync(bus, erasure => erasure.OfKey(ann.ToString("D"), Later));

        Assert.Equal("Ann", await bus.ScalarAsync<string>("select data::jsonb ->> 'To' from bus.saga"));
    }

    [Fact]
    public async Task What_failed_and_what_operators_made_of_it_is_masked()
    {
        await using var bus = await StartAsync();
        office.IsClosed = true;
        var ann = Guid.CreateVersion7();
        await bus.Session.Send(new SendLetter(ann, 2, "Ann of Acre Lane"));
        await Eventually.TrueAsync(() => bus.ScalarAsync<bool>("select count(*) = 1 from bus.failed"));
        var errors = bus.Services.GetRequiredService<ErrorQueue>();
        var failed = Assert.Single(await errors.ListAsync(null, null, null, 10, Token));
        await errors.EditAndRetryAsync(failed.Id, new($$"""{"Letter":"{{ann}}","Stamps":2,"To":"Anne of Acre Street"}""", null), "olga", Token);
        await Eventually.TrueAsync(() => bus.ScalarAsync<bool>("select count(*) = 2 from bus.failed"));
        Assert.Equal(5, await MentionsAsync(bus, "Acre"));

        await EraseAsync(bus, erasure => erasure.OfKey(ann.ToString("D"), Later));

        Assert.Equal(0, await MentionsAsync(bus, "Acre"));
        Assert.Equal(typeof(InvalidOperationException).FullName, (await errors.FindAsync(failed.Id, Token))!.Exception);
        // It can still be retried.
        office.IsClosed = false;
        await errors.RetryAsync(Assert.Single(await errors.ListAsync(null, null, null, 10, Token)).Id, "olga", Token);
        Assert.Equal("***", Assert.Single(await sent.TakeAsync(1)).To);
    }

    [Fact]
    public async Task What_comes_late_is_masked_when_it_comes_and_what_was_sent_later_is_not()
    {
        await using var bus = await StartAsync();
        var ann = Guid.CreateVersion7();
        await EraseAsync(bus, erasure => erasure.OfKey(ann.ToString("D"), TimeProvider.System.GetUtcNow().AddMinutes(1)));
        await bus.Session.Send(new SendLetter(ann, 2, "Ann of Acre Lane"));
        await bus.ExecuteAsync("update bus.clock set shift = '2 minutes'");
        await bus.Session.Send(new SendLetter(ann, 2, "Ann of Later Lane"));
        await Eventually.TrueAsync(() => bus.ScalarAsync<bool>("select count(*) = 2 from bus.message"));

        await SweepAsync(bus);

        Assert.Equal(["***", "Ann of Later Lane"], await ToAsync(bus));
        Assert.Equal(2, await bus.ScalarAsync<int>("select sweeps from bus.erasure"));
    }

    [Fact]
    public async Task It_is_looked_for_until_nothing_waits_for_so_long_any_more()
    {
        await using var bus = await StartAsync();
        await EraseAsync(bus, erasure => erasure.OfKey("a key", Later));
        foreach (var shift in (string[])["61 seconds", "12 minutes", "2 hours", "2 days", "20 days"])
        {
            Assert.Equal(1, await bus.ScalarAsync<long>("select count(*) from bus.erasure"));
            await bus.ExecuteAsync($"update bus.clock set shift = '{shift}'");
            await SweepAsync(bus);
        }

        Assert.Equal(0, await bus.ScalarAsync<long>("select count(*) from bus.erasure"));
    }

    [Fact]
    public async Task A_single_message_is_masked_and_what_mentions_the_id_among_what_others_wrote()
    {
        await using var bus = await StartAsync();
        await bus.Session.Send(new QuoteLetter(Guid.CreateVersion7(), "of '0031'"));
        await bus.Session.Send(new QuoteLetter(Guid.CreateVersion7(), "of '003'"));
        await bus.Session.Send(new QuoteLetter(Guid.CreateVersion7(), "of nobody, 003 times"));
        await sent.TakeAsync(3);

        await EraseAsync(bus, erasure => erasure.OfKey("003", Later, mention: "003"));
        Assert.Equal(["of '0031'", "***", "of nobody, 003 times"], await ToAsync(bus, "Text"));
        var single = await bus.ScalarAsync<Guid>("select id from bus.message where body like '%nobody%'");
        await EraseAsync(bus, erasure => erasure.OfMessage(single, Later));

        Assert.Equal(["of '0031'", "***", "***"], await ToAsync(bus, "Text"));
        // The single message's request is done with.
        Assert.Equal(1, await bus.ScalarAsync<long>("select count(*) from bus.erasure"));
    }

    [Fact]
    public async Task What_only_another_process_knows_is_masked_as_well()
    {
        var database = await databases.CreateDatabaseAsync();
        var ann = Guid.CreateVersion7();
        await using (var first = await StartAsync(database))
        {
            await first.Session.Send(new SendLetter(ann, 2, "Ann of Acre Lane"));
            await sent.TakeAsync(1);
        }

        await using var second = await TestBus.StartAsync(database, services => services.AddBusEndpoint("other", _ => { }));
        await EraseAsync(second, erasure => erasure.OfKey(ann.ToString("D"), Later), endpoint: "other");

        Assert.Equal(0, await MentionsAsync(second, "Acre"));
    }

    private static DateTimeOffset Later => TimeProvider.System.GetUtcNow().AddMinutes(1);

    private async Task<TestBus> StartAsync(string? database = null) => await TestBus.StartAsync(
        database ?? await databases.CreateDatabaseAsync(),
        services =>
        {
            services.AddSingleton(office).AddSingleton(sent);
            services.AddBusEndpoint("worker", endpoint =>
            {
                endpoint.Saga<LetterSaga, LetterData>(LetterJson.Default.LetterData, TimeSpan.FromDays(1)).Handler<QuoteHandler>();
                endpoint.Recoverability.Immediate(i => i.NumberOfRetries(0)).Delayed(d => d.NumberOfRetries(0));
            });
        },
        LetterMessages.All);

    /// <summary>Asks for it, and waits for the sweep that the request causes.</summary>
    private static async Task EraseAsync(TestBus bus, Action<Erasure> ask, string endpoint = "worker")
    {
        await bus.Services.GetRequiredService<ITransactions>().RunAsync(
            endpoint,
            transaction =>
            {
                ask(transaction.Services.GetRequiredService<Erasure>());
                return Task.CompletedTask;
            },
            Token);
        await SweepAsync(bus);
    }

    /// <summary>The bus's own sweep may be at it already.</summary>
    private static async Task SweepAsync(TestBus bus)
    {
        await bus.Services.GetRequiredService<ErasureSweep>().RunAsync(Token);
        await Eventually.TrueAsync(() => bus.ScalarAsync<bool>("select not exists (select from bus.erasure where sweep_at <= bus.now())"));
    }

    /// <summary>How many rows of all that the engine keeps hold the text.</summary>
    private static Task<long> MentionsAsync(TestBus bus, string text) => bus.ScalarAsync<long>(
        $"""
        select count(*) from (
          select m::text from bus.message m union all select h::text from bus.history h union all select s::text from bus.saga s
          union all select f::text from bus.failed f union all select a::text from bus.audit a union all select a::text from bus.activity a) as kept (row_text)
        where row_text like '%{text}%'
        """);

    private static async Task<List<string>> ToAsync(TestBus bus, string member = "To")
    {
        var texts = new List<string>();
        await using var command = bus.Source.CreateCommand($"select body::jsonb ->> '{member}' from bus.message order by sent_at, id");
        await using var reader = await command.ExecuteReaderAsync(Token);
        while (await reader.ReadAsync(Token))
        {
            texts.Add(reader.GetString(0));
        }

        return texts;
    }
}
