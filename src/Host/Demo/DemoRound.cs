using System.Globalization;

namespace Orders.Host.Demo;

/// <summary>
/// Which round of the demo runs on a data folder. A round that was cut short is taken up again, with the same orders under the
/// same idempotency keys; one that ended is followed by the next.
/// </summary>
internal sealed class DemoRound(string data)
{
    private readonly string file = Path.Combine(data, "demo-round");

    public int Current => File.Exists(file) ? int.Parse(File.ReadAllText(file), CultureInfo.InvariantCulture) : 1;

    public void End() => File.WriteAllText(file, (Current + 1).ToString(CultureInfo.InvariantCulture));
}
