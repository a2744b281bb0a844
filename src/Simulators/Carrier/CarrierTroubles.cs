namespace Orders.Simulators.Carrier;

/// <summary>The carrier is down or refuses work; nothing was done.</summary>
internal sealed class CarrierUnavailableException() : Exception("The carrier is unavailable. Ask again with the same key.");

/// <summary>The connection is cut before the answer.</summary>
internal sealed class CarrierReplyLostException() : Exception("The carrier's answer is lost. Ask again with the same key.");
