using Orders.Hosting;

namespace Orders.Api.OrderProcess;

/// <summary>All that a decision may read.</summary>
internal sealed record Situation(Guid OrderId, OrderProgress Progress, object Message, DateTimeOffset Now, Deadlines Deadlines);
