namespace Orders.Bus.Composition;

/// <summary>
/// The member of a message or of saga data says something of a person: all text in it is masked where it lies once the person
/// has asked for that. Masked, it still has its shape, so that it can be read and replayed.
/// </summary>
[AttributeUsage(AttributeTargets.Property)]
public class PersonalAttribute : Attribute
{
    /// <summary>Values that are ours and say nothing of anybody: they stay.</summary>
    public string[] Keep { get; init; } = [];

    /// <summary>It is what others wrote, whoever it is about: it is masked as well where it mentions the person's id at all.</summary>
    public bool MayMentionAnybody { get; init; }
}
