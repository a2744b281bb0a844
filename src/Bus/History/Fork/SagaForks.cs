using System.Text.Json;
using Npgsql;
using Orders.Bus.History;

namespace Orders.Bus.Engine;

/// <summary>
/// Forks a saga: runs its recorded steps again from one of them on, on this process's code, and goes on with what came of that.
/// What they send and was sent already is not sent again. Recorded as a step of its own (<see cref="ForkNote"/>) and audited.
/// </summary>
public sealed class SagaForks
{
    private readonly SagaHistory history;
    private readonly EndpointCatalogue endpoints;
    private readonly CommitScopeFactory commits;
    private readonly MessageRegistry registry;
    private readonly TimeProvider clock;

    internal SagaForks(SagaHistory history, EndpointCatalogue endpoints, CommitScopeFactory commits, MessageRegistry registry, TimeProvider clock) =>
        (this.history, this.endpoints, this.commits, this.registry, this.clock) = (history, endpoints, commits, registry, clock);

    /// <summary>The dry run: says what a fork would do, and does nothing.</summary>
    /// <returns>Null where no steps of such a saga are recorded.</returns>
    /// <exception cref="ForkRefusedException">The fork cannot be.</exception>
    public async Task<ForkPlan?> PlanAsync<TSaga>(object correlation, int fromStep, CancellationToken cancellationToken)
        where TSaga : Saga
    {
        var (endpoint, saga) = Hosted(typeof(TSaga));
        await using var commit = await commits.BeginAsync(null, cancellationToken);
        return await RerunAsync(endpoint, saga, IdOf(saga, correlation), fromStep, commit, cancellationToken) is { } rerun ? rerun.Plan : null;
    }

    /// <summary>Does what the dry run said, once, and only if it still is what would be done.</summary>
    /// <param name="plan">The dry run's <see cref="ForkPlan.Fingerprint"/>.</param>
    /// <param name="by">The operator.</param>
    /// <param name="reason">Why.</param>
    /// <returns>The step that the fork became; null where no steps of such a saga are recorded.</returns>
    /// <exception cref="ForkRefusedException">The fork cannot be.</exception>
    /// <exception cref="ForkChangedException">Something else would be done now.</exception>
    public async Task<HistoryStep?> ApplyAsync<TSaga>(
        object correlation, int fromStep, string plan, string by, string reason, CancellationToken cancellationToken)
        where TSaga : Saga
    {
        var (endpoint, saga) = Hosted(typeof(TSaga));
        var id = IdOf(saga, correlation);
        await using (var commit = await commits.BeginAsync(null, cancellationToken))
        {
            // From here on none of its messages is handled: what is read stays so until the commit.
            await DeliveryQueue.LockAsync(commit.Connection, endpoint.Id, cancellationToken);
            if (await DoneAsync(id, plan, cancellationToken) is { } done)
            {
                return done;
            }

            if (await RerunAsync(endpoint, saga, id, fromStep, commit, cancellationToken) is not { } rerun)
            {
                return null;
            }

            if (rerun.Plan.Fingerprint != plan)
            {
                throw new ForkChangedException(rerun.Plan);
            }

            await StoreAsync(endpoint, rerun, new(fromStep, by, reason, plan), correlation, commit, cancellationToken);
            await commit.CommitWrittenAsync(cancellationToken);
        }

        return await DoneAsync(id, plan, cancellationToken);
    }

    private (EndpointRuntime Endpoint, SagaRuntime Saga) Hosted(Type saga) => endpoints.All
        .SelectMany(endpoint => endpoint.Sagas.Values.Select(hosted => (endpoint, hosted)))
        .FirstOrDefault(pair => pair.hosted.Definition.SagaType == saga) is { hosted: not null } found
            ? found
            : throw new InvalidOperationException($"{saga.Name} is not hosted here. Ask a process that runs it.");

    private static Guid IdOf(SagaRuntime saga, object correlation) => SagaId.Of(saga.Definition.Identity, correlation);

    /// <summary>Twice is once: the fork that was made by this plan, if it was.</summary>
    private async Task<HistoryStep?> DoneAsync(Guid id, string plan, CancellationToken cancellationToken) =>
        await history.ReadAsync(id, cancellationToken).FirstOrDefaultAsync(step => step.Fork()?.Plan == plan, cancellationToken);

    private async Task<Rerun?> RerunAsync(
        EndpointRuntime endpoint, SagaRuntime saga, Guid id, int fromStep, CommitScope commit, CancellationToken cancellationToken)
    {
        var recorded = await history.ReadRecordedAsync(id, cancellationToken);
        if (recorded.Count == 0)
        {
            return null;
        }

        var version = await VersionAsync(id, recorded[^1].Step, commit, cancellationToken);
        return await new SagaRerun(endpoint, saga, registry, clock).RunAsync(recorded, fromStep, version, commit, cancellationToken);
    }

    /// <summary>Steps that were not recorded would be lost by a fork: what is stored has to be what the last recorded step left.</summary>
    /// <returns>0 where the saga has ended and is forgotten.</returns>
    private static async Task<int> VersionAsync(Guid id, HistoryStep last, CommitScope commit, CancellationToken cancellationToken)
    {
        await using var command = new NpgsqlCommand("select version, forget_at is not null, data from bus.saga where id = $1", commit.Connection)
        {
            Parameters = { new() { Value = id } },
        };
        await using var reader = await command.ExecuteReaderAsync(cancellationToken);
        var (version, isWhole) = await reader.ReadAsync(cancellationToken)
            ? (reader.GetInt32(0), reader.GetBoolean(1) == last.Completed && JsonElement.DeepEquals(SagaHistory.Parsed(reader.GetString(2)), last.State))
            : (0, last.Completed);
        return isWhole
            ? version
            : throw new ForkRefusedException("Not every step of it is recorded: recording was off for a while. What those steps did would be lost. Nothing was changed.");
    }

    private async Task StoreAsync(
        EndpointRuntime endpoint, Rerun rerun, ForkNote note, object correlation, CommitScope commit, CancellationToken cancellationToken)
    {
        var (id, message) = (rerun.Instance.Data.Id, Guid.CreateVersion7(clock.GetUtcNow()));
        var log = new HistoryLog(isOn: true);
        log.Note(rerun.Instance, message, isTimeout: false, new StepClock(clock.GetUtcNow()).At, rerun.ToSend);
        var changes = new SagaChanges();
        changes.Note(id, rerun.Instance, always: true);
        commit.Outbox.Messages.AddRange(rerun.ToSend);
        await using var batch = new NpgsqlBatch(commit.Connection);
        await commit.Writer.AddToAsync(batch, commit.Outbox, cancellationToken);
        batch.BatchCommands.Add(ForkRows.TakeBack(id, rerun.TakenBack));
        changes.AddTo(batch);
        batch.BatchCommands.Add(ForkRows.Message(message, note, endpoint.Name, id));
        log.AddTo(batch);
        batch.BatchCommands.Add(ForkRows.Audit(note, correlation is Guid subject ? subject : id, rerun.Plan));
        await batch.ExecuteNonQueryAsync(cancellationToken);
        changes.Check();
    }
}
