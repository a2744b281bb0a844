using System.Text.Json;
using System.Text.Json.Serialization;

namespace Orders.Host.Verify;

/// <summary>The answer of <c>GET /api/ops/verify</c>.</summary>
internal sealed record VerifyReport(bool Ok, IReadOnlyList<CheckResult> Checks)
{
    public static VerifyReport Of(IReadOnlyList<CheckResult> checks) => new(checks.All(check => check.Ok), checks);
}

[JsonSourceGenerationOptions(JsonSerializerDefaults.Web)]
[JsonSerializable(typeof(VerifyReport))]
internal sealed partial class VerifyJson : JsonSerializerContext;
