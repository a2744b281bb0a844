namespace Orders.Bus.Engine;

/// <summary>The transport cannot work as it is configured. The message says what to change.</summary>
public sealed class TransportException : Exception
{
    public TransportException(string message)
        : base(message)
    {
    }

    public TransportException(string message, Exception inner)
        : base(message, inner)
    {
    }
}
