using System.Text.Json.Serialization;
using Orders.Bus.Composition;

namespace Orders.Tests.Bus.Sagas;

/// <param name="Number">The business key: two bookings of one code may be handled at the same time.</param>
internal sealed record BookParcel(string? Code, int Number) : ICommand;

internal sealed record WeighParcel(string Code, int Grams) : ICommand;

internal sealed record ParcelShipped(string Code) : IEvent;

internal sealed record ParcelTold(string Code, string What) : IEvent;

internal sealed record ParcelAnswered(string Code, string What) : ICommand;

internal sealed record ParcelTimer(string Code, string Name);

[JsonSerializable(typeof(BookParcel))]
[JsonSerializable(typeof(WeighParcel))]
[JsonSerializable(typeof(ParcelShipped))]
[JsonSerializable(typeof(ParcelTold))]
[JsonSerializable(typeof(ParcelAnswered))]
[JsonSerializable(typeof(ParcelTimer))]
[JsonSerializable(typeof(ParcelData))]
[JsonSerializable(typeof(InsuranceData))]
internal sealed partial class ParcelJson : JsonSerializerContext;

internal static class ParcelMessages
{
    public static MessageContract[] All { get; } =
    [
        MessageContract.Command("parcels.book-parcel", 1, "worker", ParcelJson.Default.BookParcel, m => m.Number.ToString("D")),
        MessageContract.Command("parcels.weigh-parcel", 1, "worker", ParcelJson.Default.WeighParcel, m => m.Code),
        MessageContract.Event("parcels.parcel-shipped", 1, ParcelJson.Default.ParcelShipped, m => m.Code),
        MessageContract.Event("parcels.parcel-told", 1, ParcelJson.Default.ParcelTold, m => m.Code),
        MessageContract.Command("parcels.parcel-answered", 1, "sender", ParcelJson.Default.ParcelAnswered, m => m.Code),
        MessageContract.Private("parcels.parcel-timer", 1, "worker", ParcelJson.Default.ParcelTimer, m => m.Code),
    ];
}
