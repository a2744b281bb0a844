using Orders.Bus.Composition;
using Orders.Contracts;

namespace Orders.Payments.Authorise;

/// <summary>Set the amount aside on the card.</summary>
internal sealed record AuthoriseAtProvider(Guid OrderId, [property: Personal] string CardToken, Money Amount) : ICommand;
