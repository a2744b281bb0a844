using Orders.Bus.Engine;
using Orders.Bus.Storage;
using Orders.Hosting;
using Orders.Webhooks.Crm.Applying;
using Orders.Webhooks.Crm.Erasing;
using Orders.Webhooks.Crm.Formats;
using Orders.Webhooks.Crm.Sources;

namespace Orders.Webhooks.Crm.Intake;

/// <summary>Makes a call's events durable, all of them or none, with the messages that apply them: one transaction.</summary>
internal sealed class StoreEvents(ITransactions transactions, NewsMessages messages, TimeProvider clock)
{
    /// <returns>How many were new, and how many were here already.</returns>
    /// <exception cref="ProblemException">409 where an id was used for something else.</exception>
    public Task<IntakeAnswer> RunAsync(CrmSource source, IReadOnlyList<CrmEvent> events, CancellationToken cancellationToken)
    {
        // One call may hold an event twice; and two of one id that differ are at odds as if they came apart.
        var hashed = events.Select(HashedEvent.Of).DistinctBy(one => (one.Event.Id, Convert.ToHexString(one.Hash))).ToList();
        return hashed.DistinctBy(one => one.Event.Id).Count() < hashed.Count
            ? throw Reused()
            : transactions.RunAsync(WebhooksModule.Name, async transaction =>
            {
                var added = await EventTable.ClaimAsync(transaction, source.Name, hashed, clock.GetUtcNow(), cancellationToken) ?? throw Reused();
                foreach (var one in hashed.Where(one => added.Contains(one.Event.Id)))
                {
                    foreach (var message in messages.Of(source, one.Event))
                    {
                        await SendAsync(message, transaction, cancellationToken);
                    }
                }

                return new IntakeAnswer(added.Count, events.Count - added.Count);
            }, cancellationToken);
    }

    /// <summary>An event that is set aside after an erasure's last sweep is found by nobody else: if it names the person, it is masked as soon as it is stored.</summary>
    private async Task SendAsync(object message, ITransaction transaction, CancellationToken cancellationToken)
    {
        var options = new SendOptions();
        options.RouteToThisEndpoint();
        if (message is CrmEventSetAside aside && await ErasureTable.IsNamedInAsync(transaction, aside.Text, cancellationToken))
        {
            var id = Guid.CreateVersion7(clock.GetUtcNow());
            options.SetMessageId($"{id}");
            transaction.Services.GetRequiredService<Erasure>().OfMessage(id, clock.GetUtcNow());
        }

        await transaction.Send(message, options);
    }

    private static ProblemException Reused() =>
        new(409, "event-id-reused", "An event of this id was taken in before and said something else. Give each event an id of its own.");
}

/// <summary>What is answered once all of it is durable.</summary>
/// <param name="Accepted">Events that are new.</param>
/// <param name="Duplicates">Events that were here already, or came twice.</param>
internal sealed record IntakeAnswer(int Accepted, int Duplicates);
