using System.Text.Json.Nodes;
using System.Text.Json.Serialization;
using Orders.Bus.Composition;

namespace Orders.Tests.Unit.Replay;

public sealed record FillKettle(int Number, int Millilitres) : ICommand;

public sealed record KettleFilled(int Number, int Millilitres) : IEvent;

public sealed class KettleData : ContainSagaData
{
    public int Number { get; set; }

    public int Millilitres { get; set; }
}

/// <summary>A saga of a few lines: full at a litre, and done.</summary>
internal sealed class KettleSaga : Saga<KettleData>, IAmStartedByMessages<FillKettle>
{
    public Task Handle(FillKettle message, IMessageHandlerContext context)
    {
        Data.Millilitres += message.Millilitres;
        if (Data.Millilitres >= 1000)
        {
            MarkAsComplete();
        }

        return context.Publish(new KettleFilled(Data.Number, Data.Millilitres));
    }

    protected override void ConfigureHowToFindSaga(SagaPropertyMapper<KettleData> mapper) =>
        mapper.MapSaga(kettle => kettle.Number).ToMessage<FillKettle>(message => message.Number);
}

[JsonSerializable(typeof(FillKettle))]
[JsonSerializable(typeof(KettleFilled))]
[JsonSerializable(typeof(KettleData))]
internal sealed partial class KettleJson : JsonSerializerContext;

internal static class Kettles
{
    /// <summary>As they are now: litres were written in a first version.</summary>
    public static MessageContract[] Messages { get; } =
    [
        MessageContract.Command("kettles.fill", 2, "kettles", KettleJson.Default.FillKettle, m => m.Number.ToString("D")).UpcastFrom(1, InMillilitres),
        MessageContract.Event("kettles.filled", 2, KettleJson.Default.KettleFilled, m => m.Number.ToString("D")).UpcastFrom(1, InMillilitres),
    ];

    private static JsonObject InMillilitres(JsonObject body)
    {
        body["Millilitres"] = (int)((decimal)body["Litres"]! * 1000);
        body.Remove("Litres");
        return body;
    }
}
