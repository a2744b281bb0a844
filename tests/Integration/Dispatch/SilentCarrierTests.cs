using System.Threading.Channels;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Hosting;
using Microsoft.Extensions.Logging;
using Orders.Contracts;
using Orders.Dispatch.HandOver;
using Orders.Tests.Support;

namespace Orders.Tests.Integration.Dispatch;

/// <summary>Carriers behind one gateway that take their calls and never answer.</summary>
public sealed class SilentCarrierTests(PostgresServer server) : IAsyncLifetime
{
    /// <summary>How many calls one carrier gets at once.</summary>
    private const int AtOnce = 64;

    private readonly Channel<string> asked = Channel.CreateUnbounded<string>();
    private readonly WebApplication gateway = Build();

    private static CancellationToken Token => TestContext.Current.CancellationToken;

    public async ValueTask InitializeAsync()
    {
        gateway.Run(async http =>
        {
            asked.Writer.TryWrite(http.Request.Path);
            await Task.Delay(Timeout.InfiniteTimeSpan, TimeProvider.System, http.RequestAborted).ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing);
        });
        await gateway.StartAsync(Token);
    }

    public ValueTask DisposeAsync() => gateway.DisposeAsync();

    [Fact]
    public async Task One_that_has_all_the_calls_it_may_have_holds_up_no_other()
    {
        await using var rig = await DispatchRig.StartAsync(await server.CreateDatabaseAsync(), TimeSpan.FromMinutes(2), new(gateway.Urls.First()));
        for (var booking = 0; booking < 2 * AtOnce; booking++)
        {
            await rig.SendAsync(Book("swift"));
        }

        await AskedAsync("swift", AtOnce);
        await rig.SendAsync(Book("steady"));

        await AskedAsync("steady", 1);
    }

    private static BookCarrier Book(string carrier) =>
        new(Guid.CreateVersion7(), carrier, 1, new Address("David Xiang", "1 Main St", "Springfield", "12345", "US"));

    private async Task AskedAsync(string carrier, int times)
    {
        using var limit = CancellationTokenSource.CreateLinkedTokenSource(Token);
        limit.CancelAfter(TimeSpan.FromSeconds(30));
        while (times > 0)
        {
            times -= (await asked.Reader.ReadAsync(limit.Token)).Contains(carrier, StringComparison.Ordinal) ? 1 : 0;
        }
    }

    private static WebApplication Build()
    {
        var builder = WebApplication.CreateSlimBuilder();
        builder.Logging.ClearProviders();
        builder.WebHost.UseUrls("http://127.0.0.1:0");
        return builder.Build();
    }
}
