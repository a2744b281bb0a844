using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.Operations;

namespace Orders.Bus.Analyzers;

/// <summary>What an operation writes to.</summary>
internal static class Writes
{
    public static IEnumerable<IOperation> TargetsOf(IOperation operation) => operation switch
    {
        IAssignmentOperation { Target: ITupleOperation tuple } => tuple.Elements,
        IAssignmentOperation assignment => [assignment.Target],
        IIncrementOrDecrementOperation step => [step.Target],
        IArgumentOperation { Parameter.RefKind: RefKind.Ref or RefKind.Out } argument => [argument.Value],
        _ => [],
    };

    /// <summary>The static field or property that is written, or whose element is; a class may set up its own.</summary>
    public static ISymbol? Shared(IOperation target, ISymbol writer) => target switch
    {
        IArrayElementReferenceOperation element => Shared(element.ArrayReference, writer),
        IMemberReferenceOperation { Member: { IsStatic: true } member } when !IsSetUp(member, writer) => member,
        _ => null,
    };

    /// <summary>The constructor's parameter that is written after the object was made: a field in disguise.</summary>
    public static IParameterSymbol? Captured(IOperation target, ISymbol writer) => target is IParameterReferenceOperation
    {
        Parameter: { ContainingSymbol: IMethodSymbol { MethodKind: MethodKind.Constructor } made } parameter,
    } && !IsSame(made, writer) ? parameter : null;

    private static bool IsSetUp(ISymbol member, ISymbol writer) =>
        writer is IMethodSymbol { MethodKind: MethodKind.StaticConstructor } && IsSame(member.ContainingType, writer.ContainingType);

    private static bool IsSame(ISymbol one, ISymbol other) => SymbolEqualityComparer.Default.Equals(one, other);
}
