using System.Linq.Expressions;
using System.Reflection;

namespace Orders.Bus;

/// <summary>How one saga is found: its correlation property and where each message holds the value.</summary>
internal sealed record SagaMapping(
    Type SagaType,
    Type DataType,
    PropertyInfo Property,
    IReadOnlyDictionary<Type, Func<object, IReadOnlyDictionary<string, string>, object?>> Values)
{
    /// <summary>The value that the message carries, as the saga's property holds it.</summary>
    /// <exception cref="InvalidOperationException">It carries none.</exception>
    public object ValueOf(object message, IReadOnlyDictionary<string, string> headers)
    {
        var value = Values[message.GetType()](message, headers);
        if (value is null or "" || (value is Guid guid && guid == Guid.Empty))
        {
            throw new InvalidOperationException(
                $"{message.GetType().Name} carries no value for {SagaType.Name}.{Property.Name}. Set the property that the saga maps.");
        }

        return Property.PropertyType == value.GetType() ? value : Converted(value);
    }

    private object Converted(object value) => Property.PropertyType == typeof(Guid)
        ? Guid.Parse(value.ToString()!)
        : Convert.ChangeType(value, Property.PropertyType, System.Globalization.CultureInfo.InvariantCulture);
}

internal static class CorrelationProperty
{
    private static readonly HashSet<Type> Allowed =
    [
        typeof(Guid), typeof(string), typeof(short), typeof(ushort), typeof(int), typeof(uint), typeof(long), typeof(ulong),
    ];

    public static PropertyInfo Of<TSagaData>(Expression<Func<TSagaData, object?>> selector)
    {
        var body = selector.Body is UnaryExpression { NodeType: ExpressionType.Convert } convert ? convert.Operand : selector.Body;
        if (body is not MemberExpression { Member: PropertyInfo { SetMethod.IsPublic: true } property })
        {
            throw new InvalidOperationException(
                $"The mapping '{selector}' does not name a public settable property. Write s => s.OrderId.");
        }

        return Allowed.Contains(property.PropertyType)
            ? property
            : throw new InvalidOperationException(
                $"{typeof(TSagaData).Name}.{property.Name} is a {property.PropertyType.Name}. " +
                "A correlation property is a Guid, a string, or a 16-, 32- or 64-bit integer.");
    }
}
