namespace Orders.Bus;

/// <summary>Marks a type that the bus carries.</summary>
public interface IMessage;

/// <summary>An order to do something, sent to the one endpoint that owns it. Named in the imperative.</summary>
public interface ICommand : IMessage;

/// <summary>A fact, published to every endpoint that subscribes. Named in the past tense.</summary>
public interface IEvent : IMessage;
