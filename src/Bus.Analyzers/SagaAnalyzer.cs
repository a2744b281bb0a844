using System.Collections.Immutable;
using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.Diagnostics;

namespace Orders.Bus.Analyzers;

/// <summary>Finds the programming model and the sagas of a compilation once, and has every rule look at what it is about.</summary>
[DiagnosticAnalyzer(LanguageNames.CSharp)]
public sealed class SagaAnalyzer : DiagnosticAnalyzer
{
    public override ImmutableArray<DiagnosticDescriptor> SupportedDiagnostics { get; } =
        [Rules.BannedApi, Rules.State, Rules.DroppedTask, Rules.UnstoredData];

    public override void Initialize(AnalysisContext context)
    {
        context.EnableConcurrentExecution();
        context.ConfigureGeneratedCodeAnalysis(GeneratedCodeAnalysisFlags.None);
        context.RegisterCompilationStartAction(start =>
        {
            if (ProgrammingModel.In(start.Compilation) is not { } model)
            {
                return;
            }

            DroppedTaskRule.Register(start, model);
            var sagas = SagaScope.Of(start.Compilation, model);
            if (!sagas.IsEmpty)
            {
                BannedApiRule.Register(start, sagas);
                StateRule.Register(start, sagas);
                SagaDataRule.Register(start, sagas);
            }
        });
    }
}
