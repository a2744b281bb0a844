using Orders.Tests.Support;
using Orders.Tests.Support.Webhooks;

namespace Orders.Tests.Integration.Webhooks.Partners;

/// <summary>A module of its own for each test, and one partner's receiver.</summary>
public abstract class PartnerTests(PostgresServer postgres) : IAsyncLifetime
{
    private protected PartnerRig Rig { get; private set; } = null!;

    private protected Receiver Receiver { get; private set; } = null!;

    public async ValueTask InitializeAsync()
    {
        Rig = await PartnerRig.StartAsync(await postgres.CreateDatabaseAsync());
        Receiver = await Support.Webhooks.Receiver.StartAsync();
    }

    public async ValueTask DisposeAsync()
    {
        GC.SuppressFinalize(this);
        await Rig.DisposeAsync();
        await Receiver.DisposeAsync();
    }
}
