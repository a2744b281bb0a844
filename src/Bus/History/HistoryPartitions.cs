using System.Globalization;
using Npgsql;

namespace Orders.Bus.Engine;

/// <summary>A partition of bus.history a day: made a few days ahead, dropped whole when its time is over.</summary>
internal sealed class HistoryPartitions(NpgsqlDataSource source, HistoryOptions options, TimeProvider clock)
{
    private const int DaysAhead = 3;

    public async Task KeepAsync(CancellationToken cancellationToken)
    {
        var today = DateOnly.FromDateTime(clock.GetUtcNow().UtcDateTime);
        for (var day = 0; day <= DaysAhead; day++)
        {
            await MakeAsync(today.AddDays(day), cancellationToken);
        }

        await DropBeforeAsync(today.AddDays(-(int)Math.Ceiling(options.Kept.TotalDays)), cancellationToken);
    }

    /// <summary>Made beside the table and then attached, which locks nobody out.</summary>
    private async Task MakeAsync(DateOnly day, CancellationToken cancellationToken)
    {
        var name = NameOf(day);
        await using var exists = source.CreateCommand($"select to_regclass('bus.{name}') is not null");
        if (await exists.ExecuteScalarAsync(cancellationToken) is true)
        {
            return;
        }

        try
        {
            await using var make = source.CreateCommand(
                $"""
                begin;
                set local lock_timeout = '1s';
                create table bus.{name} (like bus.history including defaults including constraints);
                alter table bus.history attach partition bus.{name} for values from ('{day:yyyy-MM-dd}Z') to ('{day.AddDays(1):yyyy-MM-dd}Z');
                commit
                """);
            await make.ExecuteNonQueryAsync(cancellationToken);
        }
        catch (PostgresException e) when (e.SqlState is PostgresErrorCodes.DuplicateTable or PostgresErrorCodes.UniqueViolation or PostgresErrorCodes.LockNotAvailable or PostgresErrorCodes.CheckViolation)
        {
            // Another process makes it, or will; or the day has begun without it, and its steps are in the default partition.
        }
    }

    private async Task DropBeforeAsync(DateOnly day, CancellationToken cancellationToken)
    {
        await using var find = source.CreateCommand(
            "select c.relname from pg_inherits join pg_class c on c.oid = inhrelid where inhparent = 'bus.history'::regclass and c.relname ~ '^history_[0-9]{8}$' and c.relname < $1");
        find.Parameters.Add(new() { Value = NameOf(day) });
        var old = new List<string>();
        await using (var reader = await find.ExecuteReaderAsync(cancellationToken))
        {
            while (await reader.ReadAsync(cancellationToken))
            {
                old.Add(reader.GetString(0));
            }
        }

        foreach (var name in old)
        {
            try
            {
                await using var drop = source.CreateCommand($"set local lock_timeout = '1s'; drop table if exists bus.{name}");
                await drop.ExecuteNonQueryAsync(cancellationToken);
            }
            catch (PostgresException e) when (e.SqlState == PostgresErrorCodes.LockNotAvailable)
            {
                // Somebody reads the histories, for long. It is dropped the next time.
            }
        }

        await using var stray = source.CreateCommand("delete from bus.history_default where at < $1");
        stray.Parameters.Add(new() { Value = day.ToDateTime(TimeOnly.MinValue, DateTimeKind.Utc) });
        await stray.ExecuteNonQueryAsync(cancellationToken);
    }

    private static string NameOf(DateOnly day) => "history_" + day.ToString("yyyyMMdd", CultureInfo.InvariantCulture);
}
