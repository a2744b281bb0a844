using System.Runtime.InteropServices;

namespace Orders.Webhooks.Crm.Merging;

/// <summary>
/// When, in the CRM's own order, something became as it is: a total order, so that any order of arrival has one outcome. What the
/// numbers are is each format's to say; <paramref name="Major"/> is the version that people see.
/// </summary>
[StructLayout(LayoutKind.Auto)]
internal readonly record struct Stamp(long Major, long Minor = 0, long Sequence = 0) : IComparable<Stamp>
{
    public static bool operator <(Stamp left, Stamp right) => left.CompareTo(right) < 0;

    public static bool operator >(Stamp left, Stamp right) => left.CompareTo(right) > 0;

    public static bool operator <=(Stamp left, Stamp right) => left.CompareTo(right) <= 0;

    public static bool operator >=(Stamp left, Stamp right) => left.CompareTo(right) >= 0;

    public static Stamp Max(Stamp one, Stamp other) => one > other ? one : other;

    public int CompareTo(Stamp other) => (Major, Minor, Sequence).CompareTo((other.Major, other.Minor, other.Sequence));
}
