namespace Orders.Host.Verify;

/// <summary>What one check found. A check that could not run says so and is not a failure.</summary>
internal sealed record CheckResult(string Name, bool Ok, string Detail);
