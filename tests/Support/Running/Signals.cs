using System.Diagnostics;
using System.Globalization;

namespace Orders.Tests.Support.Running;

/// <summary>What kill(1) sends.</summary>
internal static class Signals
{
    public static void Send(string name, int processId)
    {
        using var kill = Process.Start("kill", ["-" + name, processId.ToString(CultureInfo.InvariantCulture)]);
        kill.WaitForExit();
    }
}
