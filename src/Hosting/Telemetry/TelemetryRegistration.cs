using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Routing;
using Microsoft.Extensions.Configuration;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Logging;
using OpenTelemetry;
using OpenTelemetry.Resources;
using OpenTelemetry.Trace;
using Orders.Hosting.Telemetry.Metrics;

namespace Orders.Hosting.Telemetry;

/// <summary>Logs to the error stream, metrics for Prometheus, traces to OTLP where an endpoint is configured.</summary>
internal static class TelemetryRegistration
{
    public static void AddTelemetry(this IServiceCollection services, IConfiguration configuration)
    {
        services.AddLogging(logging => AddLogging(logging, configuration));
        services.AddSingleton<MetricsCollector>();
        if (configuration["OTEL_EXPORTER_OTLP_ENDPOINT"] is { Length: > 0 })
        {
            services.AddSingleton(CreateTracer());
        }
    }

    /// <summary>Begins to measure, and serves <c>/metrics</c>.</summary>
    public static void MapMetrics(this IEndpointRouteBuilder routes)
    {
        var collector = routes.ServiceProvider.GetRequiredService<MetricsCollector>();
        routes.MapGet("/metrics", () => Results.Text(collector.Render(), PrometheusText.ContentType))
            .Needs(Roles.Operator)
            .Answers("text/plain", "application/openmetrics-text")
            .Describe("operating", "getMetrics", "Metrics for Prometheus")
            .Gives(200, "The Prometheus text format, version 0.0.4.");
    }

    // The endpoint, headers and protocol are read by the exporter itself from OTEL_EXPORTER_OTLP_….
    private static TracerProvider CreateTracer() => Sdk.CreateTracerProviderBuilder()
        .ConfigureResource(resource => resource.AddService("orders"))
        .AddSource("Microsoft.AspNetCore", "System.Net.Http", "Orders.Bus")
        .AddOtlpExporter()
        .Build();

    // Errors go to the error stream: the output stream holds what a command prints. Levels: below a line an order.
    private static void AddLogging(ILoggingBuilder logging, IConfiguration configuration)
    {
        logging.ClearProviders();
        logging.AddConfiguration(configuration.GetSection("Logging"));
        logging.AddFilter("Microsoft", LogLevel.Warning);
        // It would write each request's query, where a webhook's sender may have a secret: not even when other parts are to say more.
        logging.AddFilter("Microsoft.AspNetCore.Hosting.Diagnostics", LogLevel.Warning);
        // A failed command is thrown, and logged where it is caught; the migrator's question after its own table fails on first use.
        logging.AddFilter("Microsoft.EntityFrameworkCore.Database.Command", LogLevel.None);
        logging.AddFilter("Quartz", LogLevel.Warning);
        logging.AddFilter("Npgsql", LogLevel.Warning);
        logging.AddFilter("System.Net.Http", LogLevel.Warning);
        logging.AddConsole(console => console.LogToStandardErrorThreshold = LogLevel.Trace);
        if (string.Equals(configuration["Orders:LogFormat"], "json", StringComparison.OrdinalIgnoreCase))
        {
            logging.AddJsonConsole(json => (json.UseUtcTimestamp, json.TimestampFormat) = (true, "O"));
        }
        else
        {
            logging.AddSimpleConsole(plain =>
                (plain.SingleLine, plain.UseUtcTimestamp, plain.TimestampFormat) = (true, true, "HH:mm:ss.fff "));
        }
    }
}
