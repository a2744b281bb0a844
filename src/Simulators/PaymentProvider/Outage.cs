using Microsoft.AspNetCore.Http;
using Microsoft.Extensions.DependencyInjection;
using Orders.Hosting;

namespace Orders.Simulators.PaymentProvider;

/// <summary>What the provider's troubles look like over HTTP.</summary>
internal static class Outage
{
    /// <summary>Calls the provider. Null: the connection was cut and there is nobody to answer.</summary>
    /// <exception cref="ProblemException">503 when the provider is unavailable.</exception>
    public static async Task<T?> GuardAsync<T>(HttpContext context, Func<IPaymentProvider, Task<T>> call)
        where T : class
    {
        try
        {
            return await call(context.RequestServices.GetRequiredService<IPaymentProvider>());
        }
        catch (ProviderUnavailableException unavailable)
        {
            throw new ProblemException(503, "provider-unavailable", unavailable.Message);
        }
        catch (ReplyLostException)
        {
            context.Abort();
            return null;
        }
    }
}
