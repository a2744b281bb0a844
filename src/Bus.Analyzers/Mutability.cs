using Microsoft.CodeAnalysis;

namespace Orders.Bus.Analyzers;

/// <summary>
/// Which types can change once they are made. An array counts as a table, like a list that is only read: who writes to an element
/// of a shared one is reported there.
/// </summary>
internal static class Mutability
{
    private static readonly HashSet<string> Namespaces =
        ["System.Collections", "System.Collections.Generic", "System.Collections.Concurrent", "System.Collections.ObjectModel"];

    private static readonly HashSet<string> Others =
    [
        "System.Text.StringBuilder", "System.Threading.AsyncLocal", "System.Threading.ThreadLocal",
        "System.Runtime.CompilerServices.StrongBox", "System.Runtime.CompilerServices.ConditionalWeakTable",
    ];

    /// <summary>True of a collection that can be changed, and of the like.</summary>
    public static bool IsCollection(ITypeSymbol type) => type is INamedTypeSymbol named
        && (Others.Contains(named.FullName())
            || (Namespaces.Contains(named.ContainingNamespace.ToDisplayString()) && IsEnumerable(named) && !OnlyReads(named)));

    /// <summary>True of a collection, and of a class of this code that has something to set.</summary>
    public static bool IsOf(ITypeSymbol type) => IsCollection(type)
        || (type is INamedTypeSymbol { TypeKind: TypeKind.Class, DeclaringSyntaxReferences.Length: > 0 } named
            && named.Fields().Any(field => !field.IsStatic && (!field.IsReadOnly || IsCollection(field.Type))));

    private static bool IsEnumerable(INamedTypeSymbol type) =>
        type.AllInterfaces.Any(contract => contract.SpecialType == SpecialType.System_Collections_IEnumerable);

    private static bool OnlyReads(INamedTypeSymbol type) =>
        type.Name.Contains("ReadOnly") || type.OriginalDefinition.SpecialType == SpecialType.System_Collections_Generic_IEnumerable_T;
}
