using System.Buffers.Text;
using System.Text;
using Orders.Hosting;

namespace Orders.Webhooks.Crm.Customers;

/// <summary>The cursor of a list in the order of source and id: the last that was seen.</summary>
internal static class CustomerCursor
{
    public static string Write(CustomerKey key) => Base64Url.EncodeToString(Encoding.UTF8.GetBytes($"{key.Source}/{key.Id}"));

    /// <exception cref="ProblemException">400 for what <see cref="Write"/> never wrote.</exception>
    public static CustomerKey? Read(string? cursor)
    {
        if (cursor is null)
        {
            return null;
        }

        if (!Base64Url.IsValid(cursor))
        {
            throw Paging.BadCursor();
        }

        // A source's name holds no slash.
        var text = Encoding.UTF8.GetString(Base64Url.DecodeFromChars(cursor));
        return text.Split('/', 2) is [{ Length: > 0 } source, { Length: > 0 } id] && !text.Any(char.IsControl) ? new(source, id) : throw Paging.BadCursor();
    }
}
