using Orders.Api.OrderProcess;

namespace Orders.Tests.Unit.Orders.OrderProcess;

public sealed class OrderTransitionsTests
{
    /// <summary>A way to every state: the shortest that the walk over the table finds.</summary>
    private static readonly Lazy<IReadOnlyDictionary<OrderState, OrderProgress>> Reached = new(Walk);

    public static TheoryData<string, string> Pairs()
    {
        var pairs = new TheoryData<string, string>();
        foreach (var state in Enum.GetValues<OrderState>())
        {
            foreach (var message in Examples.OfEveryKind)
            {
                pairs.Add(state.ToString(), message.GetType().Name);
            }
        }

        return pairs;
    }

    [Theory]
    [MemberData(nameof(Pairs))]
    public void Every_pair_is_a_transition_or_a_no_op_that_says_why(string state, string messageName)
    {
        var before = Reached.Value[Enum.Parse<OrderState>(state)];
        var message = Examples.OfEveryKind.Single(example => example.GetType().Name == messageName);
        var rule = OrderTransitions.Current.Find(before.State, message.GetType());

        var decision = Examples.Decide(before, message);

        if (decision.Ignored is { } because)
        {
            Assert.True(rule is Ignored || rule is Transition { Unless: not null });
            Assert.NotEmpty(because);
            Assert.Same(before, decision.Progress);
            Assert.Empty(decision.Outgoing);
        }
        else
        {
            var transition = Assert.IsType<Transition>(rule);
            Assert.Equal(transition.To, decision.Progress.State);
            Assert.Equal(transition.Effects.Count, decision.Outgoing.Count);
        }
    }

    [Theory]
    [MemberData(nameof(Pairs))]
    public void The_same_message_again_says_nothing(string state, string messageName)
    {
        var before = Reached.Value[Enum.Parse<OrderState>(state)];
        var message = Examples.OfEveryKind.Single(example => example.GetType().Name == messageName);
        var once = Examples.Decide(before, message).Progress;

        var twice = Examples.Decide(once, message);

        Assert.Equal(once, twice.Progress);
        Assert.Empty(twice.Outgoing);
    }

    [Fact]
    public void Every_state_is_reached_and_leads_to_an_end()
    {
        Assert.Equal(Enum.GetValues<OrderState>().Order(), Reached.Value.Keys.Order());
        foreach (var state in Enum.GetValues<OrderState>())
        {
            Assert.Contains(Reachable(state), OrderStates.IsEnd);
        }
    }

    [Fact]
    public void An_end_moves_no_more() =>
        Assert.All(OrderTransitions.Current.All.Where(rule => rule.From.IsEnd()), rule => Assert.IsType<Ignored>(rule));

    [Fact]
    public void A_transition_to_an_end_says_so_once_and_no_other_does() => Assert.All(
        OrderTransitions.Current.All.OfType<Transition>(),
        rule => Assert.Equal(rule.To.IsEnd() ? 1 : 0, rule.Effects.Count(effect => effect.Name.Split(' ')[0] is
            "OrderCompleted" or "OrderRejected" or "OrderCancelled")));

    [Fact]
    public void Every_state_has_a_status_of_the_contract() => Assert.All(
        Enum.GetValues<OrderState>(),
        state => Assert.Contains(
            state.Status(), new[] { "accepted", "confirmed", "dispatching", "completed", "rejected", "cancelling", "cancelled" }));

    [Fact]
    public void A_table_without_one_pair_is_refused_by_name()
    {
        var missing = OrderTransitions.Current.All.Where(rule => rule != OrderTransitions.Current.All[7]).ToArray();

        var refusal = Assert.Throws<InvalidOperationException>(() => new OrderTransitions(missing));

        Assert.Contains($"{OrderTransitions.Current.All[7].From}/{OrderTransitions.Current.All[7].Message.Name}", refusal.Message, StringComparison.Ordinal);
    }

    [Fact]
    public void A_table_with_two_rules_for_a_pair_is_refused() => Assert.Throws<InvalidOperationException>(
        () => new OrderTransitions([.. OrderTransitions.Current.All, OrderTransitions.Current.All[0]]));

    private static HashSet<OrderState> Reachable(OrderState from)
    {
        var seen = new HashSet<OrderState> { from };
        var open = new Queue<OrderState>(seen);
        while (open.TryDequeue(out var state))
        {
            foreach (var rule in OrderTransitions.Current.All.OfType<Transition>().Where(rule => rule.From == state && seen.Add(rule.To)))
            {
                open.Enqueue(rule.To);
            }
        }

        return seen;
    }

    private static Dictionary<OrderState, OrderProgress> Walk()
    {
        var reached = new Dictionary<OrderState, OrderProgress> { [OrderState.New] = new() };
        var open = new Queue<OrderProgress>(reached.Values);
        while (open.TryDequeue(out var progress))
        {
            foreach (var message in Examples.OfEveryKind.Append(Examples.ReservedAgain))
            {
                var next = Examples.Decide(progress, message).Progress;
                if (reached.TryAdd(next.State, next))
                {
                    open.Enqueue(next);
                }
            }
        }

        return reached;
    }
}
