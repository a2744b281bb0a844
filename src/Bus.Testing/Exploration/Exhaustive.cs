using System.Numerics;
using System.Security.Cryptography;
using System.Text;

namespace Orders.Bus.Testing.Exploration;

/// <summary>Every schedule there is, by breadth: what is found is found by its shortest schedule.</summary>
public static class Exhaustive
{
    /// <param name="start">Where every schedule begins.</param>
    /// <param name="mostStates">An exploration that needs more is given up.</param>
    /// <exception cref="InvalidOperationException">There are more states than allowed.</exception>
    public static Exploration Explore(IWorld start, int mostStates = 5_000_000)
    {
        var states = new States();
        var frontier = new Queue<(int Id, IWorld World)>();
        states.Meet(start, from: -1, "", out var first);
        frontier.Enqueue((first, start));
        while (frontier.TryDequeue(out var at))
        {
            var atRest = true;
            foreach (var choice in at.World.Choices)
            {
                if (at.World.After(choice) is not { } after)
                {
                    continue;
                }

                atRest = false;
                var isNew = states.Meet(after, at.Id, choice, out var id);
                if (isNew && after.Broken(atRest: false) is { } broken)
                {
                    return states.Found(id, broken);
                }

                if (isNew)
                {
                    frontier.Enqueue((id, after));
                }
            }

            if (atRest)
            {
                states.Rests(at.Id);
                if (at.World.Broken(atRest: true) is { } broken)
                {
                    return states.Found(at.Id, broken);
                }
            }

            if (states.Count > mostStates)
            {
                throw new InvalidOperationException($"There are more than {mostStates} states. Make the scenario smaller, or take random schedules.");
            }
        }

        return states.WithoutWayOut() is { } trapped ? states.Found(trapped, "it never comes to rest") : states.Complete();
    }

    /// <summary>What was met, and how. A state is known by the hash of its print: 128 bits, so that two never meet by chance.</summary>
    private sealed class States
    {
        private readonly Dictionary<UInt128, int> ids = [];
        private readonly List<(int From, string By)> ways = [];
        private readonly List<(int From, int To)> steps = [];
        private readonly HashSet<int> rests = [];

        public int Count => ways.Count;

        public bool Meet(IWorld world, int from, string by, out int id)
        {
            var hash = BitConverter.ToUInt128(SHA256.HashData(Encoding.UTF8.GetBytes(world.Print)));
            var isNew = !ids.TryGetValue(hash, out id);
            if (isNew)
            {
                ids.Add(hash, id = ways.Count);
                ways.Add((from, by));
            }

            if (from >= 0)
            {
                steps.Add((from, id));
            }

            return isNew;
        }

        public void Rests(int id) => rests.Add(id);

        public Exploration Found(int id, string broken)
        {
            var schedule = new List<string>();
            for (var at = id; ways[at].From >= 0; at = ways[at].From)
            {
                schedule.Add(ways[at].By);
            }

            schedule.Reverse();
            return new(Count, Schedules: null, new(schedule, broken));
        }

        /// <summary>A state from which no rest can be reached, or null.</summary>
        public int? WithoutWayOut()
        {
            var back = steps.ToLookup(step => step.To, step => step.From);
            var reached = new HashSet<int>(rests);
            var queue = new Queue<int>(rests);
            while (queue.TryDequeue(out var at))
            {
                foreach (var from in back[at].Where(reached.Add))
                {
                    queue.Enqueue(from);
                }
            }

            return reached.Count == Count ? null : Enumerable.Range(0, Count).First(id => !reached.Contains(id));
        }

        public Exploration Complete() => new(Count, Schedules(), Found: null);

        /// <summary>The ways from the start to a rest, counted backwards through the steps; null where a way can go round.</summary>
        private BigInteger? Schedules()
        {
            var open = new int[Count];
            foreach (var (from, _) in steps)
            {
                open[from]++;
            }

            var back = steps.ToLookup(step => step.To, step => step.From);
            var counts = new BigInteger[Count];
            var ready = new Queue<int>(Enumerable.Range(0, Count).Where(id => open[id] == 0));
            var done = 0;
            while (ready.TryDequeue(out var at))
            {
                done++;
                counts[at] += rests.Contains(at) ? 1 : 0;
                foreach (var from in back[at])
                {
                    counts[from] += counts[at];
                    if (--open[from] == 0)
                    {
                        ready.Enqueue(from);
                    }
                }
            }

            return done == Count ? counts[0] : null;
        }
    }
}

/// <summary>What an exploration came to.</summary>
/// <param name="States">How many different states were met.</param>
/// <param name="Schedules">How many schedules lead through them; null where one was found that breaks a promise, or where they can go round.</param>
/// <param name="Found">The shortest schedule that breaks a promise, or null.</param>
public sealed record Exploration(int States, BigInteger? Schedules, Counterexample? Found);
