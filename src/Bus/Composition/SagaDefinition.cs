using System.Text.Json.Serialization.Metadata;

namespace Orders.Bus.Engine;

internal sealed record SagaDefinition(Type SagaType, Type DataType, JsonTypeInfo Json, TimeSpan? KeepCompleted);
