namespace Orders.Bus.Engine;

/// <summary>An exception is written by others, and may fail itself when it is asked what went wrong.</summary>
internal static class Speakable
{
    /// <returns>The exception, or one that names its type where it cannot say anything.</returns>
    public static Exception Of(Exception exception)
    {
        try
        {
            _ = exception.Message.Length + exception.ToString().Length;
            return exception;
        }
        catch (Exception e)
        {
            return new InvalidOperationException(
                $"{exception.GetType().FullName} was thrown, and asked what is wrong it threw {e.GetType().FullName}. Mend its Message or ToString.");
        }
    }
}
