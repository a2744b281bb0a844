using Orders.Webhooks.Crm.Customers;
using Orders.Webhooks.Crm.Merging;
using Orders.Webhooks.Crm.Reading;
using Orders.Webhooks.Crm.Sources;

namespace Orders.Webhooks.Crm.Applying;

/// <summary>Carries out what <see cref="Merge"/> decides: keeps the state, tells of an effective change, asks the CRM where only it knows.</summary>
internal sealed class CustomerBook(BatchOfCustomers customers, CrmSources sources, TimeProvider clock)
{
    public async Task<Merged> ApplyAsync(string source, CrmChange change, IPipelineContext context)
    {
        var customer = await customers.FindAsync(new(source, change.RecordId), context.CancellationToken);
        var merged = Merge.Decide(customer.State, change, customers.ErasedAt(customer.Key));
        await KeepAsync(customer, merged, context);
        return merged;
    }

    public Task EraseAsync(Customer customer, DateTimeOffset at, IPipelineContext context) =>
        KeepAsync(customer, Merge.Erase(customer.State ?? RecordState.Unheard, at), context);

    /// <summary>The CRM has answered the read of this number, and with it those before.</summary>
    public async Task AnsweredAsync(CustomerKey key, long number, CancellationToken cancellationToken)
    {
        var customer = await customers.FindAsync(key, cancellationToken);
        customers.Change(customer with { ReadsAnswered = Math.Max(customer.ReadsAnswered, number) });
    }

    private async Task KeepAsync(Customer customer, Merged merged, IPipelineContext context)
    {
        var mustRead = merged.MustRead && sources.Find(customer.Key.Source)?.Url is not null;
        customer = customer with
        {
            State = merged.State.IsHeardOf ? merged.State : null,
            Revision = customer.Revision + (merged.IsEffective ? 1 : 0),
            ReadsAsked = customer.ReadsAsked + (mustRead ? 1 : 0),
            // Nothing is to be found out about an erased record any more.
            ReadsAnswered = merged.State.IsErased ? customer.ReadsAsked : customer.ReadsAnswered,
        };
        customers.Change(customer);
        if (merged.IsEffective)
        {
            await context.Publish(CustomerView.Changed(customer, clock.GetUtcNow()));
        }

        if (mustRead)
        {
            await context.SendLocal(new ReadRecord(customer.Key.Source, customer.Key.Id, customer.ReadsAsked));
        }
    }
}
