namespace Orders.Tests.Faults.Running;

/// <summary>Marks the tests that only <c>./test --faults</c> runs: <c>[Trait(Extent.Name, Extent.Long)]</c>.</summary>
internal static class Extent
{
    public const string Name = "Extent";
    public const string Long = "long";
}
