using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.Diagnostics;

namespace Orders.Bus.Analyzers;

/// <summary>ORD0004: what a saga's data holds can be written and read back.</summary>
internal static class SagaDataRule
{
    public static void Register(CompilationStartAnalysisContext start, SagaScope sagas) => start.RegisterSymbolAction(
        context =>
        {
            var type = (INamedTypeSymbol)context.Symbol;
            if (!sagas.IsData(type))
            {
                return;
            }

            foreach (var held in type.Fields().Where(field => !field.IsStatic).Select(field => field.Shown()))
            {
                if (!IsStored(held))
                {
                    context.ReportDiagnostic(Diagnostic.Create(Rules.UnstoredData, held.Locations[0], held.Name, type.Name));
                }
            }
        },
        SymbolKind.NamedType);

    private static bool IsStored(ISymbol held) => held is IPropertySymbol
    {
        GetMethod.DeclaredAccessibility: Accessibility.Public,
        SetMethod: { DeclaredAccessibility: Accessibility.Public, IsInitOnly: false },
    };
}
