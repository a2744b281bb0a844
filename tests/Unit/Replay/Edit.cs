namespace Orders.Tests.Unit.Replay;

/// <summary>One edit of the order process's sources.</summary>
/// <param name="Name">What it does.</param>
/// <param name="File">Below <c>src/Orders.Api/OrderProcess</c>.</param>
/// <param name="Find">What stands there, once.</param>
/// <param name="Replacement">What stands there after it.</param>
/// <param name="Message">For one that breaks: the message of the step that has to be named.</param>
/// <param name="Path">For one that breaks: what of the step is named first.</param>
internal sealed record Edit(string Name, string File, string Find, string Replacement, string Message = "", string Path = "")
{
    public override string ToString() => Name;
}
