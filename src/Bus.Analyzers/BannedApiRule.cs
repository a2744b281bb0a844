using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.Diagnostics;
using Microsoft.CodeAnalysis.Operations;

namespace Orders.Bus.Analyzers;

/// <summary>ORD0001: no clock, chance, thread, setting or outside world but what the saga is given.</summary>
internal static class BannedApiRule
{
    public static void Register(CompilationStartAnalysisContext start, SagaScope sagas) => start.RegisterOperationAction(
        context =>
        {
            if (sagas.Contains(context.ContainingSymbol) && Used(context.Operation) is { } used && Instead(used) is { } instead
                && !IsPartOfAnother(context.Operation))
            {
                context.ReportDiagnostic(Diagnostic.Create(Rules.BannedApi, context.Operation.Syntax.GetLocation(), Name(used), instead));
            }
        },
        OperationKind.Invocation,
        OperationKind.ObjectCreation,
        OperationKind.PropertyReference,
        OperationKind.FieldReference,
        OperationKind.MethodReference);

    private static ISymbol? Used(IOperation operation) => operation switch
    {
        IInvocationOperation call => call.TargetMethod,
        IObjectCreationOperation creation => creation.Constructor,
        IMemberReferenceOperation reference => reference.Member,
        _ => null,
    };

    /// <summary>What is called on a banned thing is reported as that thing; a name alone does nothing.</summary>
    private static bool IsPartOfAnother(IOperation operation)
    {
        var on = operation switch
        {
            IInvocationOperation { Instance: null, TargetMethod.IsExtensionMethod: true } call => call.Arguments.FirstOrDefault()?.Value,
            IInvocationOperation call => call.Instance,
            IMemberReferenceOperation reference => reference.Instance,
            _ => null,
        };
        return (on is not null && Used(on) is { } used && Instead(used) is not null) || operation.Parent is INameOfOperation;
    }

    private static string? Instead(ISymbol used)
    {
        if (used is IFieldSymbol { IsConst: true } || used.ContainingType is not { } type || IsException(type))
        {
            return null;
        }

        var name = type.FullName();
        return BannedApis.Members.TryGetValue($"{name}.{used.Name}", out var instead) || BannedApis.Types.TryGetValue(name, out instead)
            ? instead
            : InsteadOf(type.ContainingNamespace);
    }

    private static string? InsteadOf(INamespaceSymbol? space) => space switch
    {
        null or { IsGlobalNamespace: true } => null,
        _ => BannedApis.Namespaces.TryGetValue(space.ToDisplayString(), out var instead) ? instead : InsteadOf(space.ContainingNamespace),
    };

    // To throw one is no I/O: it comes from wherever the message is wrong.
    private static bool IsException(INamedTypeSymbol type) => type.BaseTypes().Any(each => each.FullName() == "System.Exception");

    private static string Name(ISymbol used) =>
        used is IMethodSymbol { MethodKind: MethodKind.Constructor } ? used.ContainingType.Name : $"{used.ContainingType.Name}.{used.Name}";
}
