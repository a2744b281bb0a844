using Microsoft.CodeAnalysis;

namespace Orders.Bus.Analyzers;

internal static class Symbols
{
    /// <summary>What the type derives from, from near to far, without itself.</summary>
    public static IEnumerable<INamedTypeSymbol> BaseTypes(this INamedTypeSymbol type)
    {
        for (var each = type.BaseType; each is not null; each = each.BaseType)
        {
            yield return each;
        }
    }

    /// <summary>The type as it is written in source, without type arguments: <c>System.Threading.Tasks.Task</c>.</summary>
    public static string FullName(this INamedTypeSymbol type) => type.ContainingType is { } outer
        ? $"{outer.FullName()}.{type.Name}"
        : $"{type.ContainingNamespace.ToDisplayString()}.{type.Name}";

    /// <summary>Fields, and the hidden ones of automatic properties; not those that the compiler keeps captured parameters in.</summary>
    public static IEnumerable<IFieldSymbol> Fields(this INamedTypeSymbol type) => type.GetMembers().OfType<IFieldSymbol>()
        .Where(field => !field.IsImplicitlyDeclared || field.AssociatedSymbol is not null);

    /// <summary>The field itself, or the property that it is hidden behind.</summary>
    public static ISymbol Shown(this IFieldSymbol field) => field.AssociatedSymbol ?? field;
}
