namespace Orders.Tests.Faults.Network;

/// <summary>Where in a commit the connection ends.</summary>
internal enum CommitMoment
{
    /// <summary>The server never hears of it: rolled back.</summary>
    Before,

    /// <summary>The server hears half of it: rolled back.</summary>
    Middle,

    /// <summary>The server commits, and its answer is lost.</summary>
    Answer,
}

/// <summary>Cuts connections to PostgreSQL in the middle of a COMMIT, the moments in turn. One for a link; see <see cref="For"/>.</summary>
internal sealed class CommitCutter(int seed, int oneIn)
{
    private readonly Random random = new(seed);
    private readonly int[] cuts = new int[3];
    private int next;

    /// <summary>Off at first: a process has to start before it can suffer.</summary>
    public bool On { get; set; }

    /// <summary>How many commits were cut at each moment.</summary>
    public IReadOnlyList<int> Cuts => cuts;

    /// <summary>For one connection.</summary>
    public ICommitCutter For() => new OfConnection(this);

    private CommitMoment? Choose()
    {
        lock (random)
        {
            return On && random.Next(oneIn) == 0 ? (CommitMoment)(next++ % cuts.Length) : null;
        }
    }

    private CommitVerdict Cut(CommitMoment moment, int through)
    {
        Interlocked.Increment(ref cuts[(int)moment]);
        return new(Cuts: true, through);
    }

    private sealed class OfConnection(CommitCutter link) : ICommitCutter
    {
        private readonly FrontendMessages messages = new();
        private volatile bool loseAnswer;

        public CommitVerdict Look(ReadOnlyMemory<byte> piece, Flow flow)
        {
            if (flow == Flow.ToClient)
            {
                return loseAnswer ? link.Cut(CommitMoment.Answer, 0) : CommitVerdict.Pass;
            }

            if (messages.Take(piece.Span) is not var (begins, ends))
            {
                return CommitVerdict.Pass;
            }

            var moment = link.Choose();
            loseAnswer = moment == CommitMoment.Answer;
            return moment switch
            {
                CommitMoment.Before => link.Cut(CommitMoment.Before, Math.Max(0, begins)),
                CommitMoment.Middle => link.Cut(CommitMoment.Middle, (Math.Max(0, begins) + ends) / 2),
                _ => CommitVerdict.Pass,
            };
        }
    }
}
