namespace Orders.Simulators.PaymentProvider;

/// <summary>Test cards, each with a behaviour of its own. Any other token works like <see cref="Ok"/>.</summary>
public static class CardTokens
{
    public const string Ok = "tok_ok";

    /// <summary>Every authorisation is declined.</summary>
    public const string Declined = "tok_declined";

    /// <summary>Every answer takes two seconds.</summary>
    public const string Slow = "tok_slow";

    /// <summary>The first answer to each operation is lost: it is done, then the connection is cut.</summary>
    public const string LostReply = "tok_lost_reply";

    /// <summary>Each operation is answered 503 twice before it works.</summary>
    public const string Flaky = "tok_flaky";

    /// <summary>An authorisation is never answered, and never happens.</summary>
    public const string Unresolved = "tok_unresolved";

    /// <summary>Authorises, then refuses the capture.</summary>
    public const string CaptureFails = "tok_capture_fails";
}
