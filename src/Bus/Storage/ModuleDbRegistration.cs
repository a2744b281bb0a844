using Microsoft.EntityFrameworkCore;
using Microsoft.EntityFrameworkCore.Diagnostics;
using Microsoft.Extensions.DependencyInjection;

namespace Orders.Bus.Storage;

/// <summary>Registers a module's context on the scope's connection and its migrations at start-up.</summary>
public static class ModuleDbRegistration
{
    /// <param name="services">The process's services.</param>
    /// <param name="schema">The schema that the module owns; its migration history is kept there.</param>
    public static IServiceCollection AddModuleDb<TDb>(this IServiceCollection services, string schema)
        where TDb : DbContext
    {
        services.AddDbContext<TDb>((scope, options) => options
            .UseNpgsql(
                scope.GetRequiredService<BatchStorage>().Connection,
                npgsql => npgsql.MigrationsHistoryTable("migration", schema).MigrationsAssembly(typeof(TDb).Assembly))
            .ConfigureWarnings(warnings => warnings
                // No snapshots are kept beside hand-written migrations; and a command that fails throws: whoever catches it logs it.
                .Ignore(RelationalEventId.PendingModelChangesWarning, RelationalEventId.CommandError)));
        services.AddSingleton<ModuleMigrations>(new ModuleMigrations<TDb>());
        return services;
    }
}
