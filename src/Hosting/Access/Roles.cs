namespace Orders.Hosting;

/// <summary>What a bearer token may be good for.</summary>
public static class Roles
{
    /// <summary>A user who sees own orders only.</summary>
    public const string Shopper = "shopper";

    public const string Partner = "partner";

    public const string Operator = "operator";

    /// <summary>The holder of a guest order's access token: that one order and nothing else.</summary>
    public const string OrderHolder = "order-holder";
}
