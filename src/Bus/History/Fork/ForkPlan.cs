using System.Globalization;
using System.Security.Cryptography;
using System.Text;
using System.Text.Json;
using Orders.Bus.History;

namespace Orders.Bus.Engine;

/// <summary>What comes of a saga's steps when they are run again from one of them on.</summary>
/// <param name="FromStep">The first of them.</param>
/// <param name="LastStep">The last one that is recorded.</param>
/// <param name="StateNow">The saga's data as it is.</param>
/// <param name="State">The saga's data after them.</param>
/// <param name="Completed">Whether it has ended then.</param>
/// <param name="AlreadySent">What they send and is sent already: it is not sent again.</param>
/// <param name="ToSend">What they send and was not sent: the fork sends it.</param>
/// <param name="NoLongerSent">What was sent and they do not send. Timeouts that still wait are taken back; nothing else can be.</param>
public sealed record ForkPlan(
    int FromStep,
    int LastStep,
    IReadOnlyList<ForkedStep> Steps,
    JsonElement StateNow,
    JsonElement State,
    bool Completed,
    IReadOnlyList<RecordedSend> AlreadySent,
    IReadOnlyList<RecordedSend> ToSend,
    IReadOnlyList<RecordedSend> NoLongerSent)
{
    /// <summary>The same for the same plan: what an operator has seen is what is done.</summary>
    public string Fingerprint { get; } = Convert.ToHexStringLower(SHA256.HashData(Encoding.UTF8.GetBytes(string.Join('\n', (IEnumerable<string>)
    [
        string.Create(CultureInfo.InvariantCulture, $"{FromStep} {LastStep} {Completed}"), State.GetRawText(),
        .. ToSend.Select(Text), "", .. NoLongerSent.Select(Text),
    ]))))[..16];

    private static string Text(RecordedSend send) =>
        string.Create(CultureInfo.InvariantCulture, $"{send.Kind} {send.Type} {send.To} {send.Delay} {send.At:O} {send.Body.GetRawText()}");
}

/// <param name="Step">Its number.</param>
/// <param name="Message">The wire name of its message.</param>
/// <param name="Swallowed">The saga had ended before it, and does not see it any more.</param>
/// <param name="State">After it, run again.</param>
public sealed record ForkedStep(int Step, string Message, bool Swallowed, JsonElement State);

/// <summary>A fork that cannot be; the text says why and what to do.</summary>
public sealed class ForkRefusedException(string message) : Exception(message);

/// <summary>The plan that was agreed to is not what would be done now.</summary>
public sealed class ForkChangedException(ForkPlan now) : Exception("The order has moved on, or the code has, since the dry run. Look at the plan again.")
{
    public ForkPlan Now => now;
}
