using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.Diagnostics;
using Microsoft.CodeAnalysis.Operations;

namespace Orders.Bus.Analyzers;

/// <summary>
/// ORD0003: a task of the programming model is not thrown away. That one stands alone as a statement is refused without this rule
/// (CS4014 in async methods, MA0134 in others); left are the discard, and the call after <c>?.</c>, which CS4014 does not see.
/// </summary>
internal static class DroppedTaskRule
{
    public static void Register(CompilationStartAnalysisContext start, ProgrammingModel model) => start.RegisterOperationAction(
        context =>
        {
            var call = (IInvocationOperation)context.Operation;
            if (call.TargetMethod.ReturnType.Name == nameof(Task) && IsDropped(call) && model.Declares(call.TargetMethod))
            {
                context.ReportDiagnostic(Diagnostic.Create(Rules.DroppedTask, call.Syntax.GetLocation(), call.TargetMethod.Name));
            }
        },
        OperationKind.Invocation);

    private static bool IsDropped(IOperation result) => result.Parent switch
    {
        ISimpleAssignmentOperation { Target: IDiscardOperation } => true,
        IConditionalAccessOperation { Parent: IExpressionStatementOperation } => true,
        IConditionalAccessOperation access => IsDropped(access),
        IInvocationOperation { TargetMethod.Name: nameof(Task.ConfigureAwait) } awaitable => IsDropped(awaitable),
        _ => false,
    };
}
