using static Orders.Api.OrderProcess.OrderState;
using static Orders.Api.OrderProcess.StateRules;

namespace Orders.Api.OrderProcess.Transitions;

/// <summary>The ends: nothing moves an order any more. What compensates a rejection runs behind it.</summary>
internal static class Ends
{
    public static IReadOnlyList<StateRules> States { get; } = [End(Completed), End(Rejected), End(Cancelled)];

    private static StateRules End(OrderState state) => In(state).Ignore("The order has ended.", HandledMessages.All);
}
