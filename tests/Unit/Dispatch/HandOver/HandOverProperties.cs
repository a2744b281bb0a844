using FsCheck;
using FsCheck.Fluent;
using Orders.Contracts;
using Orders.Dispatch.HandOver;
using Orders.Dispatch.Shipments;
using Orders.Dispatch.Stop;
using Orders.Simulators.Carrier;
using static Orders.Tests.Unit.Dispatch.Shipments.SomeShipment;

namespace Orders.Tests.Unit.Dispatch.HandOver;

// A failing property prints the seed that repeats it.
public sealed class HandOverProperties
{
    [Fact]
    public void Whatever_is_lost_late_or_repeated_one_carrier_has_it_or_none_and_the_answer_says_which() => Prop.ForAll(
        Gen.Choose(0, 9_999).ListOf(30).Zip(Gen.Elements("12345", PostalCodes.RefusedByAll, PostalCodes.RefusedByFirst)).ToArbitrary(),
        script => new World(script.Item2).Play(script.Item1))
        .Check(Config.QuickThrowOnFailure.WithMaxTest(3_000));

    /// <summary>One shipment and two carriers, with a network between them that loses, delays and repeats.</summary>
    private sealed class World(string postalCode)
    {
        private static readonly CarrierChoice Carriers = new("swift", "steady");

        private readonly Shipment shipment = In(ShipmentState.Packed);
        private readonly BookingRegister register = new([]);
        private readonly List<object> asked = [];
        private readonly List<BookCarrier> onTheirWay = [];
        private readonly List<object> events = [];
        private readonly List<IBookingOutcome> outcomes = [];

        public bool Play(IEnumerable<int> script)
        {
            foreach (var dice in script)
            {
                Act(dice % 10, dice / 10);
                if (Holders().Count() > 1)
                {
                    return false;
                }
            }

            // In the end the order is stopped, the network heals, and what was on its way arrives.
            Take(StopShipmentHandler.Decide(shipment, Now));
            while (asked.Count > 0)
            {
                Answer(0);
            }

            onTheirWay.ForEach(late => Book(late));
            return EndsAsItSays();
        }

        private bool EndsAsItSays() => shipment.Progress.State switch
        {
            ShipmentState.Dispatched => Holders().SingleOrDefault() == shipment.Progress.Carrier && Ends<ShipmentDispatched>() == 1 && Ends<ShipmentStopped>() == 0,
            ShipmentState.Stopped => !Holders().Any() && Ends<ShipmentDispatched>() == 0 && Ends<ShipmentStopped>() == 1,
            _ => false,
        };

        private void Act(int what, int which)
        {
            switch (what)
            {
                case 0 or 1 or 2:
                    Take(HandOverShipmentHandler.Decide(shipment, Carriers));
                    break;
                case 3 when which % 3 == 0:
                    Take(StopShipmentHandler.Decide(shipment, Now));
                    break;
                case 4 when asked.Count > 0: // the call arrives, its answer is lost, and it is repeated later
                    Call(asked[which % asked.Count]);
                    break;
                case 5 or 6 when asked.Count > 0: // nothing is heard, and the bus gives up; the call may still arrive
                    GiveUp(which % asked.Count);
                    break;
                case 7 when onTheirWay.Count > 0:
                    Book(onTheirWay[which % onTheirWay.Count]);
                    break;
                case 8 when outcomes.Count > 0: // an outcome is heard again, much later
                    Take(BookingDecision.Decide(shipment, outcomes[which % outcomes.Count], Carriers, Now));
                    break;
                case 9 when asked.Count > 0:
                    Answer(which % asked.Count);
                    break;
            }
        }

        private void Answer(int index)
        {
            var request = asked[index];
            asked.RemoveAt(index);
            Hear(Call(request));
        }

        private void GiveUp(int index)
        {
            var request = asked[index];
            asked.RemoveAt(index);
            if (request is BookCarrier book)
            {
                onTheirWay.Add(book);
            }

            Hear(request switch
            {
                BookCarrier b => new BookingUnknown(b.OrderId, b.Carrier, b.Round),
                CancelBooking c => new CancellationUnknown(c.OrderId, c.Carrier, c.Round),
                _ => throw new InvalidOperationException($"Nobody carries out {request}."),
            });
        }

        private IBookingOutcome Call(object request) => request switch
        {
            BookCarrier book => Book(book),
            CancelBooking cancel => Cancel(cancel),
            _ => throw new InvalidOperationException($"Nobody carries out {request}."),
        };

        private IBookingOutcome Book(BookCarrier ask) =>
            register.Book(ask.Carrier, Key(ask.Carrier, ask.Round), "r", postalCode, Now).Booking is { Status: BookingStatus.Booked } booked
                ? new BookingMade(ask.OrderId, ask.Carrier, ask.Round, booked.TrackingNumber!)
                : new BookingRefused(ask.OrderId, ask.Carrier, ask.Round, "no");

        private BookingCancelled Cancel(CancelBooking ask)
        {
            register.Cancel(ask.Carrier, Key(ask.Carrier, ask.Round), Now);
            return new(ask.OrderId, ask.Carrier, ask.Round);
        }

        private void Hear(IBookingOutcome outcome)
        {
            outcomes.Add(outcome);
            Take(BookingDecision.Decide(shipment, outcome, Carriers, Now));
        }

        private void Take(Step step)
        {
            shipment.Progress = step.Next;
            events.AddRange(step.Says.Where(said => said is IEvent));
            asked.AddRange(step.Says.Where(said => said is not IEvent));
        }

        private IEnumerable<string> Holders() => register.All.Where(b => b.Status == BookingStatus.Booked).Select(b => b.Carrier);

        private int Ends<T>() => events.Count(said => said is T);

        private static string Key(string carrier, int round) => $"{carrier}-{round}";
    }
}
