using System.Xml.Linq;

namespace Orders.Tests.Unit.Architecture;

/// <summary>Who may reference whom, and who does.</summary>
internal static class ProjectReferences
{
    private static readonly string[] ModuleMay = ["Bus", "Bus.Model", "Contracts", "Hosting"];

    /// <summary>Every project under src, with what it is allowed to reference.</summary>
    private static readonly Dictionary<string, string[]> Allowed = new(StringComparer.Ordinal)
    {
        ["Bus.Model"] = [],
        ["Bus"] = ["Bus.Model"],
        ["Bus.Analyzers"] = [],
        ["Bus.RabbitMq"] = ["Bus"],
        ["Bus.Testing"] = ["Bus.Model"],
        ["Contracts"] = ["Bus.Model"],
        ["Hosting"] = ["Bus", "Bus.Model", "Bus.RabbitMq", "Contracts"],
        ["Orders.Api"] = ModuleMay,
        ["Payments"] = ModuleMay,
        ["Inventory"] = ModuleMay,
        ["Analytics"] = ModuleMay,
        ["Dispatch"] = ModuleMay,
        ["Webhooks"] = ModuleMay,
        ["Simulators"] = ["Contracts", "Hosting"],
        ["Host"] = [.. ModuleMay, "Orders.Api", "Payments", "Inventory", "Analytics", "Dispatch", "Webhooks", "Simulators", "Bus.Testing"],
    };

    public static IEnumerable<(string From, string To)> Read(string root) =>
        from file in Directory.EnumerateFiles(Path.Combine(root, "src"), "*.csproj", SearchOption.AllDirectories)
        from reference in XDocument.Load(file).Descendants("ProjectReference")
        select (Path.GetFileNameWithoutExtension(file), Path.GetFileNameWithoutExtension(reference.Attribute("Include")!.Value));

    /// <summary>The edges that the design does not allow. A project that it does not know has no allowed edges.</summary>
    public static IReadOnlyList<(string From, string To)> Forbidden(IEnumerable<(string From, string To)> edges) =>
        [.. edges.Where(edge => !Allowed.TryGetValue(edge.From, out var to) || !to.Contains(edge.To))];

    public static string Root()
    {
        var folder = new DirectoryInfo(AppContext.BaseDirectory);
        while (!File.Exists(Path.Combine(folder.FullName, "Orders.sln")))
        {
            folder = folder.Parent ?? throw new InvalidOperationException("Orders.sln is not above the tests' folder: run them from the repository.");
        }

        return folder.FullName;
    }
}
