using Orders.Simulators.Crm;

namespace Orders.Tests.Unit.Simulators.Crm;

public sealed class ContactRegisterTests
{
    private static readonly DateTimeOffset Now = DateTimeOffset.UnixEpoch.AddDays(20_000);

    private readonly ContactRegister contacts = new([]);

    [Fact]
    public void Writing_creates_changes_and_brings_back_and_each_tells_what_it_changed()
    {
        var created = contacts.Put("1", Fields(("email", "a"), ("phone", null)), Now)!;
        var updated = contacts.Put("1", Fields(("email", "a"), ("name", "n")), Now)!;
        var deleted = contacts.Delete("1", Now)!;
        var back = contacts.Put("1", Fields(("email", null)), Now)!;

        Assert.Equal(["contact.created", "contact.updated", "contact.deleted", "contact.undeleted"], [created.Type, updated.Type, deleted.Type, back.Type]);
        Assert.Equal([1, 2, 3, 4], [created.Contact.Version, updated.Contact.Version, deleted.Contact.Version, back.Contact.Version]);
        Assert.Equal([new("email", "a")], created.Changed);
        Assert.Equal([new("name", "n")], updated.Changed);
        Assert.Equal([new("email", null)], back.Changed);
        Assert.Equal([new("name", "n")], contacts.Find("1")!.Fields);
    }

    [Fact]
    public void What_changes_nothing_is_no_change()
    {
        contacts.Put("1", Fields(("email", "a")), Now);

        Assert.Null(contacts.Put("1", Fields(("email", "a")), Now));
        Assert.Null(contacts.Delete("2", Now));
        Assert.NotNull(contacts.Delete("1", Now));
        Assert.Null(contacts.Delete("1", Now));
    }

    [Fact]
    public void Pages_follow_the_ids_and_windows_the_dates()
    {
        foreach (var id in new[] { "c", "a", "b" })
        {
            contacts.Put(id, Fields(("email", id)), Now);
        }

        contacts.Delete("b", Now.AddHours(1));

        Assert.Equal(["a", "c"], contacts.After(null, 10, alsoDeleted: false).Select(contact => contact.Id));
        Assert.Equal(["b"], contacts.After("a", 1, alsoDeleted: true).Select(contact => contact.Id));
        Assert.Equal(["a", "c"], contacts.Modified(Now, Now, deleted: false).Select(contact => contact.Id));
        Assert.Equal(["b"], contacts.Modified(Now, Now.AddHours(1), deleted: true).Select(contact => contact.Id));
        Assert.Empty(contacts.Modified(Now, Now.AddMinutes(59), deleted: true));
    }

    [Fact]
    public void Dates_are_whole_milliseconds_and_never_go_back()
    {
        contacts.Put("1", Fields(("email", "a")), Now.AddTicks(12_345));
        var later = contacts.Put("1", Fields(("email", "b")), Now.AddHours(-1))!;

        Assert.Equal(Now.AddMilliseconds(1), later.Contact.LastModifiedDate);
    }

    private static Dictionary<string, string?> Fields(params (string Name, string? Value)[] fields) => fields.ToDictionary(field => field.Name, field => field.Value);
}
