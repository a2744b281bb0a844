using Microsoft.EntityFrameworkCore;

namespace Orders.Bus.Storage;

internal sealed class DbContextParticipant<TDb>(TDb db) : IBatchParticipant
    where TDb : DbContext
{
    public Task LoadAsync(IReadOnlyList<object> messages, CancellationToken cancellationToken) => Task.CompletedTask;

    // The batch's transaction is open on the connection already: EF must neither begin one of its own nor set savepoints.
    public Task StoreAsync(CancellationToken cancellationToken)
    {
        db.Database.AutoTransactionBehavior = AutoTransactionBehavior.Never;
        return db.SaveChangesAsync(cancellationToken);
    }
}
