using Microsoft.CodeAnalysis;

namespace Orders.Bus.Analyzers;

/// <summary>The rules as the compiler shows them. Each breaks the build: a saga that cannot be replayed is not shipped.</summary>
internal static class Rules
{
    public static DiagnosticDescriptor BannedApi { get; } = Rule(
        "ORD0001",
        "A saga decides by its message, its data and the clock it was given",
        "'{0}' decides differently when this saga's history is replayed: {1}");

    public static DiagnosticDescriptor State { get; } = Rule(
        "ORD0002",
        "A saga keeps its state in its data",
        "'{0}' {1}, which is neither stored nor replayed: {2}");

    public static DiagnosticDescriptor DroppedTask { get; } = Rule(
        "ORD0003",
        "What the programming model does is awaited or returned",
        "The task of '{0}' is dropped, so that what it does can fail unseen or come after the commit: await or return it");

    public static DiagnosticDescriptor UnstoredData { get; } = Rule(
        "ORD0004",
        "A saga's data is public properties that can be set",
        "'{0}' is not stored with the saga '{1}' belongs to: make it a public property with a public 'get' and 'set'");

    private static DiagnosticDescriptor Rule(string id, string title, string message) => new(
        id, title, message, "Determinism", DiagnosticSeverity.Error, isEnabledByDefault: true,
        helpLinkUri: "docs/determinism.md");
}
