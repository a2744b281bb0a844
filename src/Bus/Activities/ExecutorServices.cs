using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Logging;
using Npgsql;
using Orders.Bus.Engine;

namespace Orders.Bus.Activities;

/// <summary>What executors need of the process.</summary>
internal sealed record ExecutorServices(
    NpgsqlDataSource Source,
    IServiceScopeFactory Scopes,
    MessageRegistry Registry,
    EndpointDirectory Directory,
    ActivityCompletions Completions,
    Random Random,
    TimeProvider Clock,
    ILogger Logger);
