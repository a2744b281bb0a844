namespace Orders.Bus;

/// <summary>What every saga's data holds beside its own properties.</summary>
public interface IContainSagaData
{
    Guid Id { get; set; }

    /// <summary>The endpoint that sent the message which started the saga.</summary>
    string? Originator { get; set; }

    /// <summary>The id of the message that started the saga.</summary>
    string? OriginalMessageId { get; set; }
}

/// <inheritdoc cref="IContainSagaData"/>
public abstract class ContainSagaData : IContainSagaData
{
    public virtual Guid Id { get; set; }

    public virtual string? Originator { get; set; }

    public virtual string? OriginalMessageId { get; set; }
}
