using System.Net;
using System.Net.Http.Json;
using Orders.Tests.Support.Running;
using Orders.Tests.Support.Shopping;
using Orders.Tests.Support.Webhooks;

namespace Orders.Tests.EndToEnd.Customers;

public sealed class CustomerTests
{
    private const int Contacts = 60;
    private const int Versions = 10;

    private static CancellationToken Token => TestContext.Current.CancellationToken;

    [Fact]
    public async Task What_changes_in_the_CRM_arrives_and_what_was_lost_is_healed_on_demand()
    {
        // Without the schedule, whose first run would heal what the operator is to heal.
        var settings = new Dictionary<string, string>(StringComparer.Ordinal) { ["Orders__Crm__Scheduled"] = "false" };
        await using var host = await RunningHost.StartAsync(settings, Token);
        using var crm = new Crm(host.Url);

        await PutAsync(crm, new { email = "ann@example.com", name = "Ann" });
        await crm.SeesAsync("003", customer => (string?)customer["email"] == "ann@example.com", Token);
        await PutAsync(crm, new { email = "lee@example.com" });
        await crm.SeesAsync("003", customer => (string?)customer["email"] == "lee@example.com" && (string?)customer["name"] == "Ann", Token);
        await crm.Http.DeleteAsync("/sim/crm/contacts/003", Token);
        await crm.SeesAsync("003", customer => (bool)customer["deleted"]!, Token);

        await crm.Http.PostAsJsonAsync("/sim/crm/faults", new { drop = 1.0 }, Token);
        await PutAsync(crm, new { phone = "1" });
        Assert.Equal(1, await crm.ReconcileAsync(Token));
        await crm.SeesAsync("003", customer => !(bool)customer["deleted"]! && (string?)customer["phone"] == "1", Token);

        Assert.Equal(HttpStatusCode.Unauthorized, await crm.SendAsync("evt_1", "{}"u8.ToArray(), Token, signed: false));
        Assert.DoesNotContain("whsec_", host.Said, StringComparison.Ordinal);
        using var shop = new Shop(host.Url);
        await shop.HoldsAsync(Token);
    }

    [Fact]
    public async Task Nothing_that_was_acknowledged_is_lost_when_the_host_is_killed()
    {
        await using var host = await RunningHost.StartAsync(Token);
        using var crm = new Crm(host.Url);
        var acknowledged = 0;
        var telling = Parallel.ForEachAsync(
            Enumerable.Range(0, Contacts * Versions),
            new ParallelOptions { MaxDegreeOfParallelism = 16, CancellationToken = Token },
            async (number, token) =>
            {
                var (contact, version) = ($"c{number % Contacts}", number / Contacts + 1);
                await crm.TellAsync($"{contact}-{version}", contact, version, $"{version}@example.com", token);
                Interlocked.Increment(ref acknowledged);
            });
        foreach (var enough in new[] { Contacts * Versions / 4, Contacts * Versions / 2 })
        {
            await Eventually.NothingIsMissingAsync(_ => Task.FromResult(Volatile.Read(ref acknowledged) >= enough ? null : $"{acknowledged} are acknowledged"), Token);
            await host.KillAndStartAsync(Token);
        }

        await telling;

        foreach (var contact in Enumerable.Range(0, Contacts))
        {
            await crm.SeesAsync($"c{contact}", customer => (string?)customer["email"] == $"{Versions}@example.com" && (int)customer["version"]! == Versions, Token);
        }
    }

    private static async Task PutAsync(Crm crm, object fields)
    {
        using var answer = await crm.Http.PutAsJsonAsync("/sim/crm/contacts/003", fields, Token);
        answer.EnsureSuccessStatusCode();
    }
}
