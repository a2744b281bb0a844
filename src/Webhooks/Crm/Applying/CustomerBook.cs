using Orders.Webhooks.Crm.Customers;
using Orders.Webhooks.Crm.Merging;
using Orders.Webhooks.Crm.Reading;
using Orders.Webhooks.Crm.Sources;

namespace Orders.Webhooks.Crm.Applying;

/// <summary>Carries out what <see cref="Merge"/> decides: keeps the state, tells of an effective change, asks the CRM where only it knows.</summary>
internal sealed class CustomerBook(BatchOfCustomers customers, CrmSources sources, TimeProvider clock)
{
    /// <returns>Whether whoever looks sees something else than before.</returns>
    public async Task<bool> ApplyAsync(string source, CrmChange change, IPipelineContext context)
    {
        var customer = await customers.FindAsync(new(source, change.RecordId), context.CancellationToken);
        var merged = Merge.Decide(customer.State, change);
        var mustRead = merged.MustRead && sources.Find(source)?.Url is not null;
        customer = customer with
        {
            State = merged.State.IsHeardOf ? merged.State : null,
            Revision = customer.Revision + (merged.IsEffective ? 1 : 0),
            ReadsAsked = customer.ReadsAsked + (mustRead ? 1 : 0),
        };
        customers.Change(customer);
        if (merged.IsEffective)
        {
            await context.Publish(CustomerView.Changed(customer, clock.GetUtcNow()));
        }

        if (mustRead)
        {
            await context.SendLocal(new ReadRecord(source, change.RecordId, customer.ReadsAsked));
        }

        return merged.IsEffective;
    }

    /// <summary>The CRM has answered the read of this number, and with it those before.</summary>
    public async Task AnsweredAsync(CustomerKey key, long number, CancellationToken cancellationToken)
    {
        var customer = await customers.FindAsync(key, cancellationToken);
        customers.Change(customer with { ReadsAnswered = Math.Max(customer.ReadsAnswered, number) });
    }
}
