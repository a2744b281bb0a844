namespace Orders.Bus.Testing.Exploration;

/// <summary>
/// A system at one moment, from which several things may happen next. It never changes: what happens makes another one. All
/// that it is, clock and randomness included, follows from what has happened.
/// </summary>
public interface IWorld
{
    /// <summary>
    /// What may happen next, the undisturbed course first; each name once, and the same name for the same thing in every
    /// world, so that a schedule can be played again. Empty: the system is at rest.
    /// </summary>
    IReadOnlyList<string> Choices { get; }

    /// <summary>The same text for worlds with the same future.</summary>
    string Print { get; }

    /// <summary>The world after one of its choices; null where it cannot happen after all, as when a handler throws and rolls back.</summary>
    IWorld? After(string choice);

    /// <summary>The promise that is broken here, or null.</summary>
    /// <param name="atRest">Nothing will happen any more: what was still to come is now missing.</param>
    string? Broken(bool atRest);
}
