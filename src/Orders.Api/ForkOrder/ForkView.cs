using System.ComponentModel.DataAnnotations;
using System.Text.Json;
using System.Text.Json.Serialization;
using Orders.Bus.Engine;
using Orders.Bus.History;
using Orders.Hosting;

namespace Orders.Api.ForkOrder;

/// <param name="FromStep">The first step to be run again.</param>
/// <param name="Plan">The plan of the dry run, to carry it out. Left out, it is a dry run.</param>
/// <param name="Reason">Why; needed with a plan.</param>
internal sealed record ForkRequest(
    [property: Range(1, int.MaxValue)] int FromStep,
    [property: StringLength(64, MinimumLength = 1)] string? Plan = null,
    [property: StringLength(ForkRequest.MaxReason, MinimumLength = 1)] string? Reason = null)
{
    public const int MaxReason = 500;
}

/// <param name="Applied">False for a dry run.</param>
/// <param name="Plan">What to give to carry it out.</param>
/// <param name="State">The order process's data after it.</param>
/// <param name="Completed">Whether the order has ended then.</param>
/// <param name="ToSend">What it sends.</param>
/// <param name="StateNow">The data as it is. A dry run's.</param>
/// <param name="Steps">The steps that are run again. A dry run's.</param>
/// <param name="AlreadySent">What they send and was sent: it is not sent again. A dry run's.</param>
/// <param name="NoLongerSent">What was sent and they do not send. Timeouts that still wait are taken back; nothing else can be. A dry run's.</param>
/// <param name="Step">The step that the fork became, once applied.</param>
internal sealed record ForkView(
    Guid OrderId,
    bool Applied,
    int FromStep,
    string Plan,
    JsonElement State,
    bool Completed,
    IReadOnlyList<RecordedSend> ToSend,
    JsonElement? StateNow = null,
    IReadOnlyList<ForkedStep>? Steps = null,
    IReadOnlyList<RecordedSend>? AlreadySent = null,
    IReadOnlyList<RecordedSend>? NoLongerSent = null,
    int? Step = null)
{
    public static ForkView Of(Guid orderId, ForkPlan plan) => new(
        orderId, false, plan.FromStep, plan.Fingerprint, plan.State, plan.Completed, plan.ToSend, plan.StateNow, plan.Steps, plan.AlreadySent, plan.NoLongerSent);

    public static ForkView Of(Guid orderId, HistoryStep step, ForkNote note) =>
        new(orderId, true, note.From, note.Plan, step.State, step.Completed, step.Sent, Step: step.Step);
}

[JsonSerializable(typeof(ForkRequest))]
[JsonSerializable(typeof(ForkView))]
internal sealed partial class ForkOrderJson : JsonSerializerContext
{
    public static ForkOrderJson Strict { get; } = new(StrictJson.NewOptions());
}
