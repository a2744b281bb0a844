using Orders.Webhooks.Crm.Merging;
using Orders.Webhooks.Crm.Sources;

namespace Orders.Webhooks.Crm.Formats;

/// <summary>One way to call: who may, what came, and what it means. Touches nothing but what it is given.</summary>
internal interface ICrmFormat
{
    /// <summary>Whether the sender is who the source says. Before anything of the body is believed.</summary>
    bool Proves(CrmSource source, CrmCall call, DateTimeOffset now);

    /// <summary>Takes the call apart into events.</summary>
    /// <exception cref="Hosting.ProblemException">400 where it is malformed.</exception>
    /// <exception cref="UnknownSenderException">What it says of its sender is wrong.</exception>
    IReadOnlyList<CrmEvent> Read(CrmSource source, CrmCall call);

    /// <summary>What an event means.</summary>
    /// <param name="source">Where it is from.</param>
    /// <param name="text">As <see cref="Read"/> gave it.</param>
    /// <exception cref="UnreadableEventException">It cannot be meant.</exception>
    CrmNews Interpret(CrmSource source, string text);

    /// <summary>The same text without what looks like a card number, to be kept.</summary>
    /// <param name="text">As <see cref="Read"/> gave it.</param>
    string Keepable(string text);
}

/// <summary>A call as it came.</summary>
internal sealed record CrmCall(IHeaderDictionary Headers, IQueryCollection Query, byte[] Body)
{
    /// <summary>A header that is there once, or null.</summary>
    public string? Header(string name) => Headers[name] is [{ } only] ? only : null;
}

/// <summary>One event of a call: its id, which it has whenever it is sent again, and what it says.</summary>
internal sealed record CrmEvent(string Id, string Text);

/// <summary>What an event means: changes of records, or that any record may have changed.</summary>
internal sealed record CrmNews(IReadOnlyList<CrmChange> Changes, bool AnythingMayHaveChanged = false)
{
    public static CrmNews None { get; } = new([]);
}

/// <summary>The body is of another sender than the one who was to be proven.</summary>
internal sealed class UnknownSenderException() : Exception("The sender is not the one that this source is for.");

/// <summary>An event of a proven sender cannot be meant. Nothing can be done here: it is set aside for an operator.</summary>
internal sealed class UnreadableEventException(string message) : Exception(message);
