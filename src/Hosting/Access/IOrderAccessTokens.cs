namespace Orders.Hosting;

/// <summary>Access tokens of guests' orders. Nothing is stored an order: the token proves itself.</summary>
public interface IOrderAccessTokens
{
    /// <summary>A bearer token that is good for this order alone.</summary>
    string Issue(Guid orderId);
}
