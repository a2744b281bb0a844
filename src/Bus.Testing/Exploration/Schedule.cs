namespace Orders.Bus.Testing.Exploration;

/// <summary>Plays schedules: chosen by a seed, written down, or the undisturbed course.</summary>
public static class Schedule
{
    /// <summary>Lets a seed choose until the system is at rest.</summary>
    /// <returns>Null where every promise holds; else the schedule, as it was played.</returns>
    public static Counterexample? Random(IWorld start, int seed, int mostSteps = 2000) => Random(start, seed, out _, mostSteps);

    /// <param name="end">The world in which it ended.</param>
    /// <inheritdoc cref="Random(IWorld, int, int)"/>
    public static Counterexample? Random(IWorld start, int seed, out IWorld end, int mostSteps = 2000)
    {
        var dice = new Random(seed);
        return Play(start, choices => dice.Next(choices.Count), out end, mostSteps);
    }

    /// <summary>
    /// Plays a schedule; a choice that is not possible when its turn comes is passed over. From its end on the first possible
    /// choice happens.
    /// </summary>
    /// <returns>Null where every promise holds; else what was really played.</returns>
    public static Counterexample? Replay(IWorld start, IReadOnlyList<string> schedule, int mostSteps = 2000) => Replay(start, schedule, out _, mostSteps);

    /// <param name="end">The world in which it ended.</param>
    /// <inheritdoc cref="Replay(IWorld, IReadOnlyList{string}, int)"/>
    public static Counterexample? Replay(IWorld start, IReadOnlyList<string> schedule, out IWorld end, int mostSteps = 2000)
    {
        var next = 0;
        return Play(start, Choose, out end, mostSteps);

        int Choose(IReadOnlyList<string> choices)
        {
            while (next < schedule.Count)
            {
                var index = choices.IndexOf(schedule[next++]);
                if (index >= 0)
                {
                    return index;
                }
            }

            return 0;
        }
    }

    /// <summary>Leaves out all that the broken promise does not need. Any promise that breaks will do.</summary>
    public static Counterexample Shrink(IWorld start, Counterexample found)
    {
        var best = found;
        for (var chunk = best.Schedule.Count; chunk > 0; chunk /= 2)
        {
            for (var from = 0; from < best.Schedule.Count;)
            {
                var shorter = best.Schedule.Where((_, index) => index < from || index >= from + chunk).ToList();
                if (Replay(start, shorter) is { } still)
                {
                    best = new(shorter, still.Broken);
                }
                else
                {
                    from += chunk;
                }
            }
        }

        return best;
    }

    private static Counterexample? Play(IWorld start, Func<IReadOnlyList<string>, int> choose, out IWorld world, int mostSteps)
    {
        var played = new List<string>();
        world = start;
        while (true)
        {
            var atRest = true;
            var choices = world.Choices.ToList();
            while (choices.Count > 0)
            {
                var index = choose(choices);
                if (world.After(choices[index]) is { } after)
                {
                    (world, atRest) = (after, false);
                    played.Add(choices[index]);
                    break;
                }

                choices.RemoveAt(index);
            }

            if (world.Broken(atRest) is { } broken)
            {
                return new(played, broken);
            }

            if (atRest)
            {
                return null;
            }

            if (played.Count >= mostSteps)
            {
                return new(played, $"it does not come to rest within {mostSteps} steps");
            }
        }
    }

    private static int IndexOf(this IReadOnlyList<string> choices, string choice)
    {
        for (var i = 0; i < choices.Count; i++)
        {
            if (string.Equals(choices[i], choice, StringComparison.Ordinal))
            {
                return i;
            }
        }

        return -1;
    }
}
