using Microsoft.EntityFrameworkCore;

namespace Orders.Bus.Storage;

internal sealed class DbContextParticipant<TDb>(TDb db) : IBatchParticipant
    where TDb : DbContext
{
    public Task LoadAsync(IReadOnlyList<object> messages, CancellationToken cancellationToken) => Task.CompletedTask;

    public Task StoreAsync(CancellationToken cancellationToken) => db.SaveChangesAsync(cancellationToken);
}
