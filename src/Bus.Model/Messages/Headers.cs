namespace Orders.Bus;

/// <summary>The names of the headers that travel with a message. They are NServiceBus's, so that both sides of a migration understand them.</summary>
public static class Headers
{
    public const string MessageId = "NServiceBus.MessageId";
    public const string CorrelationId = "NServiceBus.CorrelationId";
    public const string ConversationId = "NServiceBus.ConversationId";
    public const string RelatedTo = "NServiceBus.RelatedTo";
    public const string EnclosedMessageTypes = "NServiceBus.EnclosedMessageTypes";
    public const string MessageIntent = "NServiceBus.MessageIntent";
    public const string ReplyToAddress = "NServiceBus.ReplyToAddress";
    public const string OriginatingEndpoint = "NServiceBus.OriginatingEndpoint";
    public const string SagaId = "NServiceBus.SagaId";
    public const string SagaType = "NServiceBus.SagaType";
    public const string OriginatingSagaId = "NServiceBus.OriginatingSagaId";
    public const string OriginatingSagaType = "NServiceBus.OriginatingSagaType";
    public const string IsSagaTimeoutMessage = "NServiceBus.IsSagaTimeoutMessage";
    public const string TimeSent = "NServiceBus.TimeSent";
    public const string DelayedRetries = "NServiceBus.Retries";

    /// <summary>W3C Trace Context, section 3.2.</summary>
    public const string TraceParent = "traceparent";
}
