using System.Linq.Expressions;
using System.Reflection;

namespace Orders.Bus;

/// <summary>Says which saga property a message's value must equal.</summary>
public class SagaPropertyMapper<TSagaData>
    where TSagaData : class, IContainSagaData, new()
{
    private CorrelatedSagaPropertyMapper<TSagaData>? mapped;

    /// <summary>Names the one property that correlates. It is a Guid, a string, or a 16-, 32- or 64-bit integer.</summary>
    public CorrelatedSagaPropertyMapper<TSagaData> MapSaga(Expression<Func<TSagaData, object?>> sagaProperty)
    {
        if (mapped is not null)
        {
            throw new InvalidOperationException(
                $"{typeof(TSagaData).Name} is mapped twice. Call MapSaga once and chain ToMessage for every message.");
        }

        return mapped = new(CorrelationProperty.Of(sagaProperty));
    }

    internal SagaMapping Build(Type sagaType) => mapped is null
        ? throw new InvalidOperationException($"{sagaType.Name} maps nothing. Call mapper.MapSaga(…).ToMessage<T>(…).")
        : new(sagaType, typeof(TSagaData), mapped.Property, mapped.Values);
}

/// <summary>Chains the messages that find a saga.</summary>
public class CorrelatedSagaPropertyMapper<TSagaData>
    where TSagaData : class, IContainSagaData, new()
{
    internal CorrelatedSagaPropertyMapper(PropertyInfo property) => Property = property;

    internal PropertyInfo Property { get; }

    internal Dictionary<Type, Func<object, IReadOnlyDictionary<string, string>, object?>> Values { get; } = [];

    public CorrelatedSagaPropertyMapper<TSagaData> ToMessage<TMessage>(Expression<Func<TMessage, object?>> messageProperty)
    {
        var read = messageProperty.Compile();
        Values[typeof(TMessage)] = (message, _) => read((TMessage)message);
        return this;
    }

    public CorrelatedSagaPropertyMapper<TSagaData> ToMessageHeader<TMessage>(string headerName)
    {
        Values[typeof(TMessage)] = (_, headers) => headers.GetValueOrDefault(headerName);
        return this;
    }
}
