namespace Orders.Simulators.Crm;

/// <summary>A contact as the CRM has it.</summary>
/// <param name="Id">Its name, once and for all.</param>
/// <param name="Version">Counts its changes from 1.</param>
/// <param name="LastModifiedDate">When the last of them was, to the millisecond.</param>
/// <param name="Deleted">It is in the bin, from which writing to it brings it back.</param>
/// <param name="Fields">What it holds; never null values.</param>
internal sealed record Contact(string Id, long Version, DateTimeOffset LastModifiedDate, bool Deleted, IReadOnlyDictionary<string, string> Fields);

/// <summary>A change of a contact, as the webhook tells it.</summary>
/// <param name="Type">What happened, in the webhook's words.</param>
/// <param name="Contact">The contact after it.</param>
/// <param name="Changed">The fields that it changed; null is cleared.</param>
internal sealed record ContactChange(string Type, Contact Contact, IReadOnlyDictionary<string, string?> Changed);
