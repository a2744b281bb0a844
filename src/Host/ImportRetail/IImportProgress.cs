namespace Orders.Host.ImportRetail;

/// <summary>The stages of an import, in their order.</summary>
internal enum ImportStage
{
    Stock,
    Orders,
    Ends,
}

/// <summary>Shows how far an import is. Called from several threads.</summary>
internal interface IImportProgress
{
    void Begin(ImportStage stage, int total);

    void Advance(ImportStage stage);
}
