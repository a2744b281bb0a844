using Microsoft.AspNetCore.Http;
using Microsoft.Extensions.DependencyInjection;
using Orders.Hosting;

namespace Orders.Simulators.Faults;

/// <summary><c>POST …/faults</c>: sets the faults of one simulator; members left out are off.</summary>
internal static class FaultsEndpoint
{
    public static async Task SetAsync(HttpContext context, Simulator simulator)
    {
        var settings = await JsonBody.ReadAsync(context, FaultsJson.Default.FaultSettings);
        if (!settings.IsValid)
        {
            throw ProblemException.Invalid("", "is out of range: latencyMs is 0 to 60000, failRate is 0 to 1.");
        }

        context.RequestServices.GetRequiredKeyedService<FaultSwitch>(simulator).Settings = settings;
        await context.Response.WriteAsJsonAsync(settings, FaultsJson.Default.FaultSettings, null, context.RequestAborted);
    }
}
