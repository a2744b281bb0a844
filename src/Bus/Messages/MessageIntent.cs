namespace Orders.Bus.Engine;

/// <summary>Why a message travels. Stored as its number.</summary>
internal enum MessageIntent : short
{
    Send = 1,
    Publish = 2,
    Reply = 3,
}
