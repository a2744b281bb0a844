namespace Orders.Contracts;

/// <summary>Where to deliver. The country is an ISO 3166-1 alpha-2 code.</summary>
public sealed record Address(string Name, string Line1, string City, string PostalCode, string Country, string? Line2 = null);
