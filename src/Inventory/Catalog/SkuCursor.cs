using System.Buffers.Text;
using System.Text;
using Orders.Hosting;

namespace Orders.Inventory.Catalog;

/// <summary>The cursor of a list in the order of skus: the last sku seen.</summary>
internal static class SkuCursor
{
    public static string Write(string sku) => Base64Url.EncodeToString(Encoding.ASCII.GetBytes(sku));

    /// <exception cref="ProblemException">400 for what <see cref="Write"/> never wrote.</exception>
    public static string? Read(string? cursor)
    {
        if (cursor is null)
        {
            return null;
        }

        if (!Base64Url.IsValid(cursor))
        {
            throw Paging.BadCursor();
        }

        var sku = Encoding.ASCII.GetString(Base64Url.DecodeFromChars(cursor));
        return ItemRules.IsSku(sku) && Write(sku) == cursor ? sku : throw Paging.BadCursor();
    }
}
