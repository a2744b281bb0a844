using System.Text;
using System.Text.Json;
using System.Text.Json.Serialization;
using Orders.Payments.State;

namespace Orders.Tests.Unit.Exploration;

/// <summary>A world as text: the same for two that have the same future.</summary>
internal static class Printing
{
    private static readonly JsonSerializerOptions Options = new() { Converters = { new JsonStringEnumConverter() } };

    public static string Of(object message) => message.GetType().Name + JsonSerializer.Serialize(message, message.GetType(), Options);

    private static string? Of(Payment? payment) => payment is null
        ? null
        : $"{payment.Status} {payment.CardMinor} {payment.CardCapturedMinor} {payment.GiftHeldMinor} {payment.GiftTakenMinor} {payment.Closing} {payment.EndAnnounced} {payment.CaptureRefused} ";

    /// <summary>In which order messages were sent is no part of it: any of them may arrive first.</summary>
    public static string Of(OrderWorld world)
    {
        var text = new StringBuilder(2000);
        text.Append(world.Now.Ticks).Append('|').Append(world.Saga).Append(world.Ended).AppendJoin(',', world.Ends).Append(world.Confirmations);
        foreach (var delivery in world.Deliveries.Select(delivery => delivery.To + delivery.Print).Order(StringComparer.Ordinal))
        {
            text.Append('\n').Append(delivery);
        }

        foreach (var call in world.Calls.Select(call => $"{call.Print} {call.Attempts}").Order(StringComparer.Ordinal))
        {
            text.Append('\n').Append(call);
        }

        text.Append('\n').AppendJoin(';', world.Timers.Select(timer => $"{timer.Due.Ticks} {timer.Message.GetType().Name}").Order(StringComparer.Ordinal));
        text.Append('\n').AppendJoin(';', world.Stock.Values.OrderBy(level => level.Sku, StringComparer.Ordinal));
        text.Append('\n').Append(world.Hold?.State).Append(world.Hold?.ExpiresAt.Ticks).Append(world.Hold?.Announced);
        text.Append('\n').Append(Of(world.Payment)).Append(world.GiftBalance).Append('/').Append(world.GiftHeld);
        text.Append('\n').Append(world.Shipment?.Progress).Append(world.Shipment?.Lines.Count);
        text.Append('\n').AppendJoin(';', world.Ledger.Select(entry => $"{entry.Operation} {entry.Outcome} {entry.Code} {entry.Amount.Minor} {entry.IdempotencyKey}"));
        text.Append('\n').AppendJoin(';', world.Bookings.Select(booking => $"{booking.IdempotencyKey} {booking.Status}"));
        text.Append('\n').Append(world.Cancellations).Append(' ').Append(world.Duplicates).Append(' ').Append(world.LostReplies).Append(' ').Append(world.GivenUp);
        return text.ToString();
    }
}
