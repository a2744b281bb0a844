using System.Text;

namespace Orders.Bus.Storage;

/// <summary>
/// Text that we did not write, such as an exception's, made fit for a text column: PostgreSQL takes neither U+0000 nor half a
/// surrogate pair.
/// </summary>
internal static class StoredText
{
    private const char Replacement = '\uFFFD';

    public static string Of(string text) => Encoding.UTF8.GetString(Encoding.UTF8.GetBytes(text)).Replace('\0', Replacement);
}
