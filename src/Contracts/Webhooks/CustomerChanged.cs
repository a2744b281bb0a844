using Orders.Bus.Composition;

namespace Orders.Contracts;

/// <summary>
/// What the CRM says of a customer is another than before: what it is now. A deleted customer has no values. <c>Revision</c>
/// counts these messages of one customer from 1, so that whoever hears them late or twice can tell; <c>Version</c> is the CRM's.
/// </summary>
public sealed record CustomerChanged(
    string Source, string CustomerId, long Revision, [property: Personal] string? Email, [property: Personal] string? Name, [property: Personal] string? Phone, bool Deleted, long Version, DateTimeOffset At) : IEvent;
