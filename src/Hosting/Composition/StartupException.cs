namespace Orders.Hosting;

/// <summary>The process cannot start as configured. Its message is all that the user needs; no stack is shown.</summary>
public sealed class StartupException(string message) : Exception(message);
