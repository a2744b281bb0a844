using System.Linq.Expressions;
using System.Reflection;
using Orders.Bus.Composition;
using Orders.Bus.History;
using Orders.Bus.Testing.Replay;
using Orders.Contracts;
using Orders.Tests.Unit.Exploration;

namespace Orders.Tests.Unit.Replay;

/// <summary>The replay library on a saga whose types are known only once it is compiled.</summary>
internal static class EditedReplay
{
    public static Func<IReadOnlyList<HistoryStep>, Divergence?> Of(Assembly edited)
    {
        var saga = TypeOf(edited, "OrderSaga");
        var data = TypeOf(edited, "OrderSagaData");
        var json = Static(TypeOf(edited, "OrderSagaJson"), "Default");
        IEnumerable<MessageContract> messages = [.. Catalogue.Messages, .. (IEnumerable<MessageContract>)Static(TypeOf(edited, "OrderProcessMessages"), "All")];
        var replay = Activator.CreateInstance(
            typeof(SagaReplay<,>).MakeGenericType(saga, data), messages, json.GetType().GetProperty("OrderSagaData")!.GetValue(json), Factory(edited, saga), null)!;
        return replay.GetType().GetMethod("Run")!.CreateDelegate<Func<IReadOnlyList<HistoryStep>, Divergence?>>(replay);
    }

    /// <summary>clock => new OrderSaga(table, clock, deadlines), in whatever order the edited one takes them.</summary>
    private static Delegate Factory(Assembly edited, Type saga)
    {
        var clock = Expression.Parameter(typeof(TimeProvider));
        var constructor = saga.GetConstructors().Single();
        var arguments = constructor.GetParameters().Select(parameter => parameter.ParameterType == typeof(TimeProvider)
            ? (Expression)clock
            : Expression.Constant(parameter.ParameterType == typeof(global::Orders.Hosting.Deadlines) ? Scenario.Deadlines : Static(TypeOf(edited, "OrderTransitions"), "Current"), parameter.ParameterType));
        return Expression.Lambda(typeof(Func<,>).MakeGenericType(typeof(TimeProvider), saga), Expression.New(constructor, arguments), clock).Compile();
    }

    private static Type TypeOf(Assembly edited, string name) => edited.GetType("Orders.Api.OrderProcess." + name, throwOnError: true)!;

    private static object Static(Type type, string property) => type.GetProperty(property, BindingFlags.Static | BindingFlags.Public)!.GetValue(null)!;
}
