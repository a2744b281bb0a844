using Orders.Api.OrderProcess;
using Orders.Bus.Testing.Exploration;
using Orders.Contracts;
using static Orders.Api.OrderProcess.OrderState;

namespace Orders.Tests.Unit.Exploration;

/// <summary>Faults planted in the saga's table, or in what an endpoint says: each is found, with the shortest schedule that shows it.</summary>
public sealed class PlantedFaultTests(ITestOutputHelper output)
{
    private static readonly Scenario Cancelled = new() { Cancellations = 1 };
    private static readonly Scenario Timed = new() { TimersAnyTime = true };

    public static TheoryData<string> Names => [.. Faults.Keys];

    private static IReadOnlyDictionary<string, (Scenario Scenario, string Found)> Faults { get; } =
        new Dictionary<string, (Scenario, string)>(StringComparer.Ordinal)
        {
            ["a release is forgotten when payment is declined"] =
                (Without(new() { Card = "tok_declined" }, AwaitingPayment, typeof(PaymentDeclined), nameof(ReleaseStock)), "stock is still held"),
            ["a void is forgotten when stock is short"] =
                (Without(new() { Tea = 1 }, AwaitingStock, typeof(StockShort), nameof(VoidPayment)), "a payment is still authorised"),
            ["a refund is forgotten when a shipment is stopped"] =
                (Without(Cancelled, StoppingShipment, typeof(ShipmentStopped), nameof(RefundPayment)), "the order never ends (it is Refunding)"),
            ["stock is not committed"] =
                (Without(new(), HandingOver, typeof(ShipmentDispatched), nameof(CommitStock)), "stock is still held"),
            ["goods are handed over before they are paid"] =
                (With(new(), Packing, typeof(ShipmentPacked), Say.HandOverShipment), "goods are with a carrier that are not paid"),
            ["a capture refused still ships"] =
                (With(new() { Card = "tok_capture_fails" }, Capturing, typeof(PaymentCaptureFailed), Say.HandOverShipment), "goods are with a carrier that are not paid"),
            ["a copy of the authorisation confirms again"] =
                (Becoming(new() { Duplicates = 1 }, Packing, typeof(PaymentAuthorised), Completed, Say.Completed), "stock is still held"),
            ["an ended order answers a copy with a second end"] =
                (Becoming(new() { Card = "tok_declined", Duplicates = 1 }, AwaitingBoth, typeof(PaymentDeclined), AwaitingStock, Say.Rejected("again")), "the order ends twice: OrderRejected, OrderRejected"),
            ["the guard against the first hold's late answer is missing"] =
                (Unguarded(Timed, ReservingAgain, typeof(StockReserved)), "goods are with a carrier that are not held"),
            ["an expired hold is released for good"] =
                (Retold(Timed, said => said is ReleaseStock { ExpiredBy: not null } release ? [release with { ExpiredBy = null }] : [said]), "the order never ends (it is ReservingAgain)"),
            ["a release takes a renewed hold"] =
                (Retold(Timed, said => said is ReleaseStock { ExpiredBy: not null } release ? [release with { ExpiredBy = DateTimeOffset.MaxValue }] : [said]), "goods are with a carrier that are not held"),
            ["the answer to a capture is not told"] =
                (Retold(new(), said => said is PaymentCaptured ? [] : [said]), "the order never ends (it is CancellingCapture)"),
            ["the payment's deadline is forgotten"] =
                (Retold(new() { GivenUp = 1 }, said => said is PaymentDeadline or PaymentUnresolved ? [] : [said]), "the order never ends (it is AwaitingPaymentUnheld)"),
            ["nobody is told that an order is confirmed"] =
                (Retold(new(), said => said is OrderConfirmed ? [] : [said]), "the order is completed and was never confirmed"),
            ["an order is confirmed again when it is packed"] =
                (With(new(), Packing, typeof(ShipmentPacked), Say.Confirmed), "the order is confirmed twice"),
            ["a stopped shipment is not told"] =
                (Retold(Cancelled, said => said is ShipmentStopped ? [] : [said]), "the order never ends (it is StoppingShipment)"),
            ["half of it is captured"] =
                (Retold(new(), said => said is CapturePayment capture ? [capture with { Amount = new(125, "USD") }] : [said]), "goods are with a carrier that are not paid"),
            ["a refund is told and not made"] =
                (Retold(Cancelled, said => said is RefundPayment ? [new PaymentRefunded(Scenario.OrderId, Scenario.Total, Scenario.Noon)] : [said]), "250 is kept for goods that stayed"),
        };

    [Theory]
    [MemberData(nameof(Names))]
    public void It_is_found(string fault)
    {
        var (scenario, promise) = Faults[fault];

        var found = Exhaustive.Explore(OrderWorld.Of(scenario)).Found;

        output.WriteLine($"{fault}: {found}");
        Assert.StartsWith(promise, found?.Broken, StringComparison.Ordinal);
        Assert.Equal(found!.Broken, Schedule.Replay(OrderWorld.Of(scenario), found.Schedule)?.Broken);
        Assert.Null(Schedule.Replay(OrderWorld.Of(scenario with { Table = OrderTransitions.Current, Tamper = (_, said) => [said] }), found.Schedule));
    }

    [Fact]
    public void Units_that_stay_held_without_a_hold_are_found()
    {
        var world = OrderWorld.Of(new());

        var forgotten = world with { Stock = world.Stock.SetItem("cup", world.Stock["cup"].Hold(1)) };

        Assert.Null(world.Broken(atRest: false));
        Assert.Equal("the stock is not what the hold says", forgotten.Broken(atRest: false));
    }

    private static Scenario Without(Scenario scenario, OrderState from, Type message, string effect) => Changed(
        scenario, from, message, rule => rule is Transition moves ? moves with { Effects = [.. moves.Effects.Where(said => said.Name != effect)] } : rule);

    private static Scenario With(Scenario scenario, OrderState from, Type message, Effect more) => Changed(
        scenario, from, message, rule => rule is Transition moves ? moves with { Effects = [.. moves.Effects, more] } : rule);

    private static Scenario Becoming(Scenario scenario, OrderState from, Type message, OrderState to, params Effect[] effects) =>
        Changed(scenario, from, message, _ => new Transition(from, message, to, effects));

    private static Scenario Unguarded(Scenario scenario, OrderState from, Type message) =>
        Changed(scenario, from, message, rule => rule is Transition moves ? moves with { Unless = null } : rule);

    private static Scenario Changed(Scenario scenario, OrderState from, Type message, Func<Rule, Rule> change)
    {
        var rules = OrderTransitions.Current.All.Select(rule => rule.From == from && rule.Message == message ? change(rule) : rule).ToList();
        Assert.NotEqual(OrderTransitions.Current.All, rules);
        return scenario with { Table = new(rules) };
    }

    private static Scenario Retold(Scenario scenario, Func<object, IEnumerable<object>> tamper) => scenario with { Tamper = (_, said) => tamper(said) };
}
