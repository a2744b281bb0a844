using System.Buffers.Binary;
using System.Text;

namespace Orders.Tests.Faults.Network;

/// <summary>The protocol's words, whole and cut up.</summary>
public sealed class FrontendMessagesTests
{
    private static readonly byte[] Stream =
    [
        .. Untyped(80877103, ""), .. Untyped(196608, "user\0orders\0\0"),
        .. Typed('p', "secret"), .. Typed('Q', "BEGIN"), .. Typed('P', "COMMIT"), .. Typed('Q', "COMMIT"), .. Typed('X', ""),
    ];

    private static readonly int Begins = Stream.Length - Typed('X', "").Length - Typed('Q', "COMMIT").Length;

    [Fact]
    public void A_commit_is_found_where_it_stands_and_nothing_else_is_taken_for_one()
    {
        var found = new FrontendMessages().Take(Stream);

        Assert.Equal((Begins, Begins + Typed('Q', "COMMIT").Length), found);
    }

    [Theory]
    [InlineData(1)]
    [InlineData(3)]
    [InlineData(7)]
    public void A_commit_is_found_once_however_the_stream_is_cut_up(int pieceBytes)
    {
        var messages = new FrontendMessages();
        var found = new List<int>();
        for (var at = 0; at < Stream.Length; at += pieceBytes)
        {
            var piece = Stream.AsSpan(at, Math.Min(pieceBytes, Stream.Length - at));
            if (messages.Take(piece) is var (_, ends))
            {
                found.Add(at + ends);
            }
        }

        Assert.Equal([Begins + Typed('Q', "COMMIT").Length], found);
    }

    private static byte[] Untyped(int code, string rest)
    {
        var message = new byte[8 + rest.Length];
        BinaryPrimitives.WriteInt32BigEndian(message, message.Length);
        BinaryPrimitives.WriteInt32BigEndian(message.AsSpan(4), code);
        Encoding.ASCII.GetBytes(rest, message.AsSpan(8));
        return message;
    }

    private static byte[] Typed(char type, string text)
    {
        var message = new byte[5 + text.Length + 1];
        message[0] = (byte)type;
        BinaryPrimitives.WriteInt32BigEndian(message.AsSpan(1), message.Length - 1);
        Encoding.ASCII.GetBytes(text, message.AsSpan(5));
        return message;
    }
}
