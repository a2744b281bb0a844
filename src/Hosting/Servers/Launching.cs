using System.ComponentModel;
using System.Diagnostics;

namespace Orders.Hosting.Servers;

/// <summary>Starts programs that have to be installed.</summary>
internal static class Launching
{
    /// <exception cref="StartupException">There is no such program, or it may not be run.</exception>
    public static Process Start(ProcessStartInfo start)
    {
        try
        {
            return Process.Start(start)!;
        }
        catch (Win32Exception e)
        {
            throw new StartupException(
                $"The program '{start.FileName}' cannot be run ({e.NativeErrorCode}). Install it and see that it is on PATH (setpriv and setsid come with util-linux), "
                + "or give --connection and --broker so that no server of its own is needed.");
        }
    }
}
