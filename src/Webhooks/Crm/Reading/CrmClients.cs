using System.Collections.Concurrent;
using System.Net.Http.Headers;
using Microsoft.AspNetCore.Hosting.Server;
using Microsoft.AspNetCore.Hosting.Server.Features;
using Orders.Webhooks.Crm.Sources;
using RestEase;

namespace Orders.Webhooks.Crm.Reading;

/// <summary>The clients by source, on one pool of connections. Thread-safe.</summary>
internal sealed class CrmClients(IServer? server = null) : IDisposable
{
    private const int MaxAnswerBytes = 32 * 1024 * 1024;

    private readonly ConcurrentDictionary<string, CrmClient> bySource = new(StringComparer.Ordinal);

    // No limit on connections: the bus limits the calls to each source, and several may be behind one address.
    private readonly SocketsHttpHandler handler = new()
    {
        PooledConnectionLifetime = TimeSpan.FromMinutes(5),
        ConnectTimeout = TimeSpan.FromSeconds(2),
        AllowAutoRedirect = false,
    };

    /// <exception cref="InvalidOperationException">The source's records cannot be read, or this process does not serve yet.</exception>
    public CrmClient Of(CrmSource source) => bySource.GetOrAdd(source.Name, _ => Create(source));

    public void Dispose() => handler.Dispose();

    private CrmClient Create(CrmSource source)
    {
        var url = source.Url ?? throw new InvalidOperationException($"The records of '{source.Name}' cannot be read. Configure its Url.");
        var http = new HttpClient(handler, disposeHandler: false)
        {
            BaseAddress = url.IsAbsoluteUri ? url : new(Own(), url),
            Timeout = TimeSpan.FromSeconds(30),
            MaxResponseContentBufferSize = MaxAnswerBytes,
        };
        http.DefaultRequestHeaders.Authorization = source.Token is { } token ? new AuthenticationHeaderValue("Bearer", token) : null;
        return new(source, new RestClient(http) { ResponseDeserializer = new CrmResponseDeserializer() }.For<ICrmApi>());
    }

    // Read when the first call is made: the port is known only once the server listens.
    private Uri Own() => server?.Features.Get<IServerAddressesFeature>()?.Addresses.FirstOrDefault() is { } address
        ? new(address)
        : throw new InvalidOperationException("No CRM can be called: this process serves no address of its own (yet). If it never does, set Orders:Crm:Url.");
}
