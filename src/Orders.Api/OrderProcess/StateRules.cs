namespace Orders.Api.OrderProcess;

/// <summary>Collects what every message does in one state. Each message is named once.</summary>
internal sealed class StateRules(OrderState from)
{
    private readonly List<Rule> rules = [];

    public IReadOnlyList<Rule> Rules => rules;

    public static StateRules In(OrderState state) => new(state);

    public StateRules On<T>(OrderState to, params Effect[] effects) => Add(new Transition(from, typeof(T), to, effects));

    public StateRules On<T>(OrderState to, Func<Situation, OrderProgress> remember, params Effect[] effects) =>
        Add(new Transition(from, typeof(T), to, effects) { Remember = remember });

    public StateRules On<T>(OrderState to, Exemption unless, params Effect[] effects) =>
        Add(new Transition(from, typeof(T), to, effects) { Unless = unless });

    public StateRules Ignore<T>(string because) => Ignore(because, typeof(T));

    public StateRules Ignore(string because, params IEnumerable<Type> messages)
    {
        foreach (var message in messages)
        {
            Add(new Ignored(from, message, because));
        }

        return this;
    }

    private StateRules Add(Rule rule)
    {
        rules.Add(rule);
        return this;
    }
}
