using Npgsql;
using Orders.Host.Verify;
using Orders.Tests.Support.Running;

namespace Orders.Tests.Faults.Running;

/// <summary>What a run is judged by when all is at rest: the shoppers' own records, and the checker that <c>verify</c> runs.</summary>
internal sealed class Judgement(NpgsqlDataSource database)
{
    /// <summary>Nothing is left to handle, to call or to end. Timeouts and holds of open orders keep their orders open.</summary>
    public Task IsAtRestAsync(CancellationToken cancellationToken) => Eventually.NothingIsMissingAsync(
        async token => (await TextsAsync(
            """
            select format('%s deliveries, %s activities, %s retries, %s open orders, %s is one', d, a, r, o, x)
            from (select count(*) as d from bus.delivery) d, (select count(*) as a from bus.activity) a,
              (select count(*) as r from bus.delayed where retries > 0) r,
              (select count(*) as o, min(document) as x from orders.order_view where status not in ('completed', 'rejected', 'cancelled')) o
            where d + a + r + o > 0
            """,
            token)).FirstOrDefault(),
        cancellationToken);

    /// <returns>One line each.</returns>
    public async Task<List<string>> ViolationsAsync(Crowd crowd, CancellationToken cancellationToken)
    {
        var orders = (await TextsAsync(
            "select id || ' ' || status || coalesce(' ' || (document::jsonb ->> 'reason'), '') from orders.order_view", cancellationToken))
            .Select(text => text.Split(' ', 2))
            .ToDictionary(parts => parts[0], parts => parts[1], StringComparer.Ordinal);
        var known = crowd.Accepted.Values.ToHashSet(StringComparer.Ordinal);
        return
        [
            .. crowd.Accepted.Where(order => !orders.ContainsKey(order.Value)).Select(order => $"lost: order {order.Value} was accepted"),
            .. orders.Keys.Where(id => !known.Contains(id)).Select(id => $"unexpected: nobody was told of order {id}"),
            .. crowd.Accepted.Where(order => orders.TryGetValue(order.Value, out var end) && end != Crowd.EndOf(order.Key))
                .Select(order => $"unexpected: order {order.Value} is {orders[order.Value]}, not {Crowd.EndOf(order.Key)}"),
            .. await TextsAsync(Twice, cancellationToken),
            .. (await Checker.RunAsync(database, cancellationToken)).Checks.Where(check => !check.Ok).Select(check => $"{check.Name}: {check.Detail}"),
        ];
    }

    /// <summary>
    /// An order says everything once, and each of its statuses once: a message said again is a second effect of what it answers.
    /// </summary>
    private const string Twice =
        """
        select format('second effect: order %s has %s %s', key, count(*), concat_ws(' ', type, status))
        from (
          select key, type, case when type = 'orders.order-status-changed' then body::jsonb ->> 'status' end as status
          from bus.message where key in (select id::text from orders.order_view)) said
        group by key, type, status having count(*) > 1
        union all
        select format('second effect: the provider did %s %s of order %s', count(*), operation, reference)
        from sim.psp_operation group by operation, reference having count(*) > 1
        """;

    public async Task<List<string>> TextsAsync(string sql, CancellationToken cancellationToken)
    {
        await using var command = database.CreateCommand(sql);
        command.CommandTimeout = 300;
        var texts = new List<string>();
        await using var reader = await command.ExecuteReaderAsync(cancellationToken);
        while (await reader.ReadAsync(cancellationToken))
        {
            texts.Add(reader.GetString(0));
        }

        return texts;
    }
}
