namespace Orders.Simulators;

/// <summary>The key of what each simulator has of its own among the services.</summary>
internal enum Simulator
{
    PaymentProvider,
    Carrier,
}
