using System.Data.Common;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.DependencyInjection.Extensions;
using Npgsql;
using Quartz;

namespace Orders.Hosting;

/// <summary>Scheduled jobs. Each firing runs in one process only, however many share the database.</summary>
public static class ScheduleRegistration
{
    /// <param name="services">The process's services.</param>
    /// <param name="name">Unique; module first: <c>payments.reconcile</c>.</param>
    /// <param name="cron">Quartz's cron expression with seconds, in UTC: <c>0 15 2 * * ?</c>.</param>
    public static IServiceCollection AddOrdersJob<TJob>(this IServiceCollection services, string name, string cron)
        where TJob : class, IJob => services.Schedule<TJob>(
            name, trigger => trigger.WithCronSchedule(cron, schedule => schedule.InTimeZone(TimeZoneInfo.Utc)));

    /// <param name="services">The process's services.</param>
    /// <param name="name">Unique; module first: <c>inventory.expire-holds</c>.</param>
    /// <param name="interval">From one start to the next; the first follows the process's start.</param>
    public static IServiceCollection AddOrdersJob<TJob>(this IServiceCollection services, string name, TimeSpan interval)
        where TJob : class, IJob => services.Schedule<TJob>(name, trigger => trigger.WithSimpleSchedule(interval));

    private static IServiceCollection Schedule<TJob>(
        this IServiceCollection services, string name, Action<ITriggerConfigurator<TJob>> schedule)
        where TJob : class, IJob
    {
        services.AddScheduler();
        return services.AddQuartz(quartz => quartz.ScheduleJob<TJob>(
            trigger =>
            {
                trigger.WithIdentity(name);
                schedule(trigger);
            },
            job => job.WithIdentity(name).DisallowConcurrentExecution(true)));
    }

    private static void AddScheduler(this IServiceCollection services)
    {
        if (services.Any(service => service.ServiceType == typeof(Marker)))
        {
            return;
        }

        services.AddSingleton<Marker>();
        services.TryAddSingleton<DbDataSource>(provider => provider.GetRequiredService<NpgsqlDataSource>());
        services.AddQuartz(quartz =>
        {
            quartz.ConfigureScheduler(scheduler => scheduler.InstanceName = "orders");
            quartz.UseDefaultThreadPool(2);
            quartz.UsePersistentStore(store =>
            {
                store.ConfigureStore(options => options.TablePrefix = "schedules.qrtz_");
                store.UsePostgres(source => source.UseRegisteredDataSource = true);
                store.UseClustering(_ => { });
                store.ProvisionSchema();
            });
        });
        services.AddQuartzHostedService(options => options.WaitForJobsToComplete = true);
    }

    private sealed class Marker;
}
