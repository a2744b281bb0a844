using Orders.Tests.EndToEnd.MalformedInput;
using Orders.Tests.Support.Running;
using Orders.Tests.Support.Shopping;

namespace Orders.Tests.EndToEnd.Running;

/// <summary>One host for the tests that leave it as they found it, each with items of its own.</summary>
public sealed class SharedHost : IAsyncLifetime
{
    private RunningHost? host;
    private Shop? shop;

    internal string Url => host?.Url.ToString() ?? throw new InvalidOperationException("The host is not started: take the fixture by constructor.");

    internal Shop Shop => shop ?? throw new InvalidOperationException("The host is not started: take the fixture by constructor.");

    public async ValueTask InitializeAsync()
    {
        host = await RunningHost.StartAsync(TestContext.Current.CancellationToken);
        shop = new(host.Url);
        await shop.StockAsync(BadOrders.Sku, 100_000, TestContext.Current.CancellationToken);
    }

    public async ValueTask DisposeAsync()
    {
        shop?.Dispose();
        await (host?.DisposeAsync() ?? ValueTask.CompletedTask);
    }
}

[CollectionDefinition(Name)]
public sealed class OnSharedHost : ICollectionFixture<SharedHost>
{
    public const string Name = "on a shared host";
}
