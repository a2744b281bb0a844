namespace Orders.Bus.Engine;

/// <param name="Identity">What instances' ids are derived from: the class's full name when it was first released.</param>
internal sealed record SagaDefinition(Type SagaType, Type DataType, SagaJson Json, TimeSpan? KeepCompleted, string Identity)
{
    /// <summary>As stored beside each instance: the class's name when it was first released.</summary>
    public string Name { get; } = Identity[(Identity.LastIndexOfAny(['.', '+']) + 1)..];
}
