using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.Diagnostics;

namespace Orders.Bus.Analyzers;

/// <summary>ORD0002: nothing remembers from one message to the next but the saga's data.</summary>
internal static class StateRule
{
    private const string KeepInData = "keep it in the data";

    public static void Register(CompilationStartAnalysisContext start, SagaScope sagas)
    {
        start.RegisterSymbolAction(context => Declared(context, sagas), SymbolKind.NamedType);
        start.RegisterOperationAction(
            context => Written(context, sagas),
            OperationKind.SimpleAssignment,
            OperationKind.CompoundAssignment,
            OperationKind.CoalesceAssignment,
            OperationKind.DeconstructionAssignment,
            OperationKind.Increment,
            OperationKind.Decrement,
            OperationKind.Argument);
    }

    private static void Declared(SymbolAnalysisContext context, SagaScope sagas)
    {
        var type = (INamedTypeSymbol)context.Symbol;
        if (!sagas.Contains(type))
        {
            return;
        }

        foreach (var field in type.Fields().Where(field => !field.IsConst && (field.IsStatic || sagas.IsSaga(type))))
        {
            if (!field.IsReadOnly)
            {
                Report(field, "can change from message to message", field.IsStatic ? "make it constant or read-only" : KeepInData);
            }
            else if (Mutability.IsCollection(field.Type) || (field.IsStatic && Mutability.IsOf(field.Type)))
            {
                Report(field, "holds what can change from message to message", "make it immutable or read-only all through");
            }
        }

        void Report(IFieldSymbol field, string what, string instead) => context.ReportDiagnostic(
            Diagnostic.Create(Rules.State, field.Shown().Locations[0], field.Shown().Name, what, instead));
    }

    private static void Written(OperationAnalysisContext context, SagaScope sagas)
    {
        if (!sagas.Contains(context.ContainingSymbol))
        {
            return;
        }

        foreach (var target in Writes.TargetsOf(context.Operation))
        {
            if (Writes.Shared(target, context.ContainingSymbol) is { } shared)
            {
                Report(target, shared.Name, "is changed here for all sagas of the process");
            }
            else if (Writes.Captured(target, context.ContainingSymbol) is { } captured && sagas.IsSaga(captured.ContainingType))
            {
                Report(target, captured.Name, "is changed here for the life of this object alone");
            }
        }

        void Report(IOperation target, string name, string what) => context.ReportDiagnostic(
            Diagnostic.Create(Rules.State, target.Syntax.GetLocation(), name, what, KeepInData));
    }
}
