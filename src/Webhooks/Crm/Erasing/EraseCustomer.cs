namespace Orders.Webhooks.Crm.Erasing;

/// <summary>Empty what is kept of this person, and have everybody else do so.</summary>
/// <param name="CustomerId">The id of the records, and of the user.</param>
/// <param name="At">When it was asked.</param>
internal sealed record EraseCustomer(string CustomerId, DateTimeOffset At) : ICommand;
