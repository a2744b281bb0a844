using System.Text.Json.Serialization;
using Orders.Bus.Composition;
using Orders.Tests.Bus.Engine;

namespace Orders.Tests.Bus.Erasing;

internal sealed record SendLetter(Guid Letter, int Stamps, [property: Personal] string To) : ICommand;

internal sealed record QuoteLetter(Guid Quote, [property: Personal(MayMentionAnybody = true)] string Text) : ICommand;

internal sealed class LetterData : ContainSagaData
{
    public Guid Letter { get; set; }

    [Personal]
    public string? To { get; set; }
}

[JsonSerializable(typeof(SendLetter))]
[JsonSerializable(typeof(QuoteLetter))]
[JsonSerializable(typeof(LetterData))]
internal sealed partial class LetterJson : JsonSerializerContext;

internal static class LetterMessages
{
    public static MessageContract[] All { get; } =
    [
        MessageContract.Command("letters.send-letter", 1, "worker", LetterJson.Default.SendLetter, m => m.Letter.ToString("D")),
        MessageContract.Command("letters.quote-letter", 1, "worker", LetterJson.Default.QuoteLetter, m => m.Quote.ToString("D")),
    ];
}

/// <summary>Remembers whom it goes to, and ends unless letters are kept. Where the post office is closed, it fails and quotes the addressee.</summary>
internal sealed class LetterSaga(PostOffice office, Recorder<SendLetter> sent) : Saga<LetterData>, IAmStartedByMessages<SendLetter>
{
    public Task Handle(SendLetter message, IMessageHandlerContext context)
    {
        if (office.IsClosed)
        {
            throw new InvalidOperationException($"The letter to {message.To} cannot be sent.");
        }

        Data.To = message.To;
        if (!office.KeepsLetters)
        {
            MarkAsComplete();
        }

        sent.Add(message);
        return Task.CompletedTask;
    }

    protected override void ConfigureHowToFindSaga(SagaPropertyMapper<LetterData> mapper) =>
        mapper.MapSaga(saga => saga.Letter).ToMessage<SendLetter>(message => message.Letter);
}

internal sealed class QuoteHandler(Recorder<SendLetter> sent) : IHandleMessages<QuoteLetter>
{
    public Task Handle(QuoteLetter message, IMessageHandlerContext context)
    {
        sent.Add(new(message.Quote, 0, message.Text));
        return Task.CompletedTask;
    }
}

internal sealed class PostOffice
{
    public bool IsClosed { get; set; }

    public bool KeepsLetters { get; set; }
}
