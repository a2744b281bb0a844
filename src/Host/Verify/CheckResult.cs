using System.Text.Json.Serialization;

namespace Orders.Host.Verify;

/// <summary>What one check found. A check that could not run says so and is not a failure.</summary>
internal sealed record CheckResult(string Name, bool Ok, string Detail)
{
    private const string Unchecked = "not checked: ";

    /// <summary>False where it could not run, because the database is not of a kind that it is about.</summary>
    [JsonIgnore]
    public bool WasChecked => !Detail.StartsWith(Unchecked, StringComparison.Ordinal);

    public static CheckResult Without(string name, IReadOnlyList<string> tables) =>
        new(name, Ok: true, $"{Unchecked}this database has no {string.Join(", ", tables)}");
}
