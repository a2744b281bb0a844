namespace Orders.Host.Client;

/// <summary>The bearer tokens that the tools call the API with. The defaults are those of local mode.</summary>
internal sealed record ShopTokens(string Shopper = "demo-shopper", string Operator = "demo-operator");
