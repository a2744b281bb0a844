using Orders.Tests.Support;
using Orders.Tests.Support.Webhooks;

namespace Orders.Tests.Integration.Webhooks;

/// <summary>A CRM that loses, repeats and mixes up what it tells.</summary>
public sealed class LossyCrmTests(PostgresServer postgres) : IAsyncLifetime
{
    private CrmRig rig = null!;

    public async ValueTask InitializeAsync() => rig = await CrmRig.StartAsync(await postgres.CreateDatabaseAsync());

    public ValueTask DisposeAsync() => rig.DisposeAsync();

    [Fact]
    public async Task With_a_fifth_dropped_a_fifth_doubled_and_all_shuffled_the_copy_equals_the_CRM_after_reconciliation()
    {
        await rig.FaultsAsync(new { drop = 0.2, duplicate = 0.2, shuffle = true });
        await Parallel.ForEachAsync(Enumerable.Range(0, 5_000), new ParallelOptions { MaxDegreeOfParallelism = 16 }, async (change, token) =>
        {
            var id = $"c{change % 400}";
            if (change / 400 % 5 == 4)
            {
                await rig.Http.DeleteAsync("/sim/crm/contacts/" + id, token);
            }
            else
            {
                await rig.PutAsync(id, new { email = $"{change}@x.y", name = $"name {change % 7}", phone = change % 3 == 0 ? null : $"{change}" });
            }
        });
        await rig.DrainedAsync();
        Assert.NotEmpty(await DifferencesAsync());

        var report = await rig.ReconcileAsync();
        await rig.DrainedAsync();

        Assert.True((int)report["healed"]! > 0);
        Assert.Empty(await DifferencesAsync());
        Assert.Equal(0, (int)(await rig.ReconcileAsync())["healed"]!);
    }

    private Task<string[]> DifferencesAsync() => CopyOfCrm.DifferencesAsync(rig.Http, rig.Http, null, TestContext.Current.CancellationToken);
}
