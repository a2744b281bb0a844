namespace Orders.Contracts;

/// <summary>The names of the endpoints: where commands go.</summary>
public static class Endpoints
{
    public const string Orders = "orders";
    public const string Payments = "payments";
    public const string Inventory = "inventory";
    public const string Dispatch = "dispatch";
    public const string Analytics = "analytics";
    public const string Webhooks = "webhooks";
}
