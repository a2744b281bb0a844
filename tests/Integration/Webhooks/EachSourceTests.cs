using System.Net;
using System.Net.Sockets;
using Microsoft.Extensions.DependencyInjection;
using Orders.Tests.Support;
using Orders.Tests.Support.Running;
using Orders.Webhooks.Crm.Reading;
using Orders.Webhooks.Crm.Reconciling;

namespace Orders.Tests.Integration.Webhooks;

public sealed class EachSourceTests(PostgresServer postgres)
{
    [Fact]
    public async Task Sources_are_called_each_on_its_own()
    {
        using var silent = new TcpListener(IPAddress.Loopback, 0);
        silent.Start();
        await using var rig = await CrmRig.StartAsync(await postgres.CreateDatabaseAsync(), new($"http://{silent.LocalEndpoint}/"));
        var session = rig.Services.GetRequiredService<IMessageSession>();

        await session.Send(new ReadRecord("demo", "003", 1), TestContext.Current.CancellationToken);
        await session.Send(new ReconcileSource("salesforce-cdc"), TestContext.Current.CancellationToken);

        await Eventually.TrueAsync(async () => await rig.CountAsync("select count(*) from bus.activity where destination in ('crm/demo', 'crm/salesforce-cdc')") == 2);
    }
}
