using System.Buffers.Binary;

namespace Orders.Tests.Faults.Network;

/// <summary>
/// Finds COMMIT in what a client of PostgreSQL sends, however the network has cut it up (protocol 3.0, "Message Formats": a
/// type byte and a length, but for the messages that open a connection, which have no type).
/// </summary>
internal sealed class FrontendMessages
{
    private const int Startup = 196608;
    private const int HeadBytes = 8;
    private static readonly byte[] Commit = "COMMIT"u8.ToArray();

    private readonly List<byte> open = [];
    private bool started;

    /// <summary>Takes the next piece.</summary>
    /// <returns>Where in it a COMMIT begins and where it ends; null without one. It began in an earlier piece where the first is negative.</returns>
    public (int Begins, int Ends)? Take(ReadOnlySpan<byte> piece)
    {
        (int, int)? found = null;
        var earlier = open.Count;
        open.AddRange(piece);
        var begins = 0;
        while (Length(begins) is { } length && open.Count - begins >= length)
        {
            if (IsCommit(begins, length))
            {
                found = (begins - earlier, begins + length - earlier);
            }

            started |= !started && BinaryPrimitives.ReadInt32BigEndian([.. open.Skip(begins + 4).Take(4)]) == Startup;
            begins += length;
        }

        open.RemoveRange(0, begins);
        return found;
    }

    private int? Length(int begins)
    {
        var head = started ? 1 : 0;
        if (open.Count - begins < (started ? head + 4 : HeadBytes))
        {
            return null;
        }

        return head + BinaryPrimitives.ReadInt32BigEndian([open[begins + head], open[begins + head + 1], open[begins + head + 2], open[begins + head + 3]]);
    }

    private bool IsCommit(int begins, int length) =>
        started && open[begins] == 'Q' && length > 5 + Commit.Length && open.GetRange(begins + 5, Commit.Length).SequenceEqual(Commit);
}
