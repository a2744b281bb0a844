using System.Collections.Immutable;
using Microsoft.CodeAnalysis;

namespace Orders.Bus.Analyzers;

/// <summary>The programming model that a compilation sees: ours, NServiceBus's, or both.</summary>
internal sealed class ProgrammingModel
{
    private static readonly string[] Namespaces = ["Orders.Bus", "NServiceBus"];

    private readonly ImmutableArray<INamedTypeSymbol> sagas;
    private readonly ImmutableArray<INamedTypeSymbol> senders;

    private ProgrammingModel(ImmutableArray<INamedTypeSymbol> sagas, ImmutableArray<INamedTypeSymbol> senders) =>
        (this.sagas, this.senders) = (sagas, senders);

    public static ProgrammingModel? In(Compilation compilation)
    {
        var roots = Find("Saga");
        return roots.IsEmpty ? null : new(roots, [.. Find("IPipelineContext"), .. Find("IMessageSession")]);

        ImmutableArray<INamedTypeSymbol> Find(string name) =>
            [.. Namespaces.Select(model => compilation.GetTypeByMetadataName($"{model}.{name}")).OfType<INamedTypeSymbol>()];
    }

    public bool IsSaga(INamedTypeSymbol type) => type.BaseTypes().Any(baseType => Contains(sagas, baseType));

    /// <summary>The data of a saga: what it gives to Saga&lt;T&gt;.</summary>
    public INamedTypeSymbol? DataOf(INamedTypeSymbol saga) => saga.BaseTypes()
        .FirstOrDefault(type => type.BaseType is { } root && Contains(sagas, root))?
        .TypeArguments.FirstOrDefault()?.OriginalDefinition as INamedTypeSymbol;

    /// <summary>True of a method of the model itself, and of those of a context or a session wherever they are declared.</summary>
    public bool Declares(IMethodSymbol method)
    {
        var type = method.ContainingType;
        return Namespaces.Contains(type.ContainingNamespace.ToDisplayString())
            || type.AllInterfaces.Any(contract => Contains(senders, contract));
    }

    private static bool Contains(ImmutableArray<INamedTypeSymbol> types, INamedTypeSymbol type) =>
        types.Contains(type.OriginalDefinition, SymbolEqualityComparer.Default);
}
