using Orders.Bus.Storage;

namespace Orders.Webhooks.Crm.Reconciling;

/// <summary>Any record of the source may have changed.</summary>
internal sealed record ResyncSource(string Source) : ICommand;

/// <summary>Read all of the source's records, now.</summary>
internal sealed record ReconcileSource(string Source) : ICommand;

/// <summary>It was done, or, given up, is left to the schedule.</summary>
internal sealed record SourceReconciled(string Source, int Found, int Healed, bool GivenUp = false) : ICommand;

/// <summary>Forgets how far the source is reconciled, which makes every run read all of it until one has, and has one run at once.</summary>
internal sealed class ResyncHandler(BatchStorage storage, ILogger<ResyncHandler> logger) : IHandleMessages<ResyncSource>, IHandleMessages<SourceReconciled>
{
    public Task Handle(ResyncSource message, IMessageHandlerContext context)
    {
        WatermarkTable.Forgetting(storage, message.Source);
        return context.SendLocal(new ReconcileSource(message.Source));
    }

    public Task Handle(SourceReconciled message, IMessageHandlerContext context)
    {
        logger.LogInformation("CRM {Source}: read all of it, {Found} records, {Healed} healed, given up {GivenUp}", message.Source, message.Found, message.Healed, message.GivenUp);
        return Task.CompletedTask;
    }
}
