using System.Collections.Immutable;
using Microsoft.CodeAnalysis;

namespace Orders.Bus.Analyzers;

/// <summary>
/// Which types of a compilation the rules hold for: every saga, its data, and whatever lies in the namespace of a saga or below
/// it, since what decides for a saga lies beside it.
/// </summary>
internal sealed class SagaScope
{
    private readonly ImmutableHashSet<ISymbol> sagas;
    private readonly ImmutableHashSet<ISymbol> data;
    private readonly ImmutableHashSet<ISymbol> namespaces;

    private SagaScope(ImmutableHashSet<ISymbol> sagas, ImmutableHashSet<ISymbol> data, ImmutableHashSet<ISymbol> namespaces) =>
        (this.sagas, this.data, this.namespaces) = (sagas, data, namespaces);

    public bool IsEmpty => sagas.IsEmpty;

    public static SagaScope Of(Compilation compilation, ProgrammingModel model)
    {
        var found = TypesIn(compilation.Assembly.GlobalNamespace).Where(model.IsSaga).ToArray();
        // A saga in no namespace has nothing beside it: else every type would be.
        var around = found.Select(saga => saga.ContainingNamespace).Where(space => !space.IsGlobalNamespace);
        return new(Set(found), Set(found.Select(model.DataOf).OfType<ISymbol>()), Set(around));
    }

    public bool IsSaga(INamedTypeSymbol type) => sagas.Contains(type.OriginalDefinition);

    public bool IsData(INamedTypeSymbol type) => data.Contains(type.OriginalDefinition);

    /// <summary>True of a type in scope, and of all that is declared inside it.</summary>
    public bool Contains(ISymbol? symbol)
    {
        for (; symbol is not null; symbol = symbol.ContainingSymbol)
        {
            if (namespaces.Contains(symbol) || sagas.Contains(symbol) || data.Contains(symbol))
            {
                return true;
            }
        }

        return false;
    }

    private static IEnumerable<INamedTypeSymbol> TypesIn(INamespaceOrTypeSymbol within)
    {
        IEnumerable<INamespaceOrTypeSymbol> members = within is INamespaceSymbol space ? space.GetMembers() : within.GetTypeMembers();
        return members.SelectMany(member => member is INamedTypeSymbol type ? TypesIn(type).Prepend(type) : TypesIn(member));
    }

    private static ImmutableHashSet<ISymbol> Set(IEnumerable<ISymbol> symbols) =>
        symbols.ToImmutableHashSet<ISymbol>(SymbolEqualityComparer.Default);
}
