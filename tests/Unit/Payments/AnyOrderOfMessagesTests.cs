using FsCheck;
using FsCheck.Fluent;
using Orders.Contracts;
using Orders.Payments.Close;
using Orders.Payments.Reconcile;
using Orders.Payments.State;

namespace Orders.Tests.Unit.Payments;

/// <summary>Commands in any order and any number, answers late, repeated and lost, authorisations given up: money is never kept by mistake.</summary>
public sealed class AnyOrderOfMessagesTests
{
    [Fact]
    public void Money_ends_where_the_last_wish_says_and_each_outcome_is_said_once() => Check.One(
        Config.QuickThrowOnFailure.WithMaxTest(3000),
        Prop.ForAll(
            ArbMap.Default.ArbFor<int[]>(),
            ArbMap.Default.ArbFor<PositiveInt>(),
            (steps, seed) => RunAsync(steps, new Random(seed.Get)).GetAwaiter().GetResult()));

    private static async Task RunAsync(int[] steps, Random random)
    {
        var gift = random.Next(3) * 600L;
        var card = random.Next(4) switch { 0 => "tok_declined", 1 => "tok_capture_fails", _ => "tok_ok" };
        var world = new PaymentWorld { GiftCard = PaymentWorld.Gift(gift + 1) };
        world.Gateway.LosesAnswer = () => random.Next(3) == 0;
        var heard = new List<object>();
        foreach (var step in steps)
        {
            await TakeAsync(world, heard, step & 7, random, PaymentWorld.Placed(card, gift > 0 ? "gift" : null));
        }

        Hear(world, heard, PaymentWorld.Placed(card, gift > 0 ? "gift" : null));
        await world.DrainAsync();
        Holds(world);
        Hear(world, heard, new VoidPayment(PaymentWorld.OrderId));
        await world.DrainAsync();
        Holds(world);
        Assert.Contains(world.Standing().Standing, new[] { ProviderStanding.Nothing, ProviderStanding.Refunded });
        Assert.Single(world.Events, happened => happened is PaymentVoided or PaymentRefunded);
        Assert.Equal((gift + 1, 0), (world.GiftCard.BalanceMinor, world.GiftCard.HeldMinor));
    }

    private static async Task TakeAsync(PaymentWorld world, List<object> heard, int choice, Random random, OrderPlaced placed)
    {
        switch (choice)
        {
            case 0:
                Hear(world, heard, placed);
                break;
            case 1 when world.Payment is { Status: not PaymentStatus.Authorising }:
                Hear(world, heard, new CapturePayment(PaymentWorld.OrderId, new(1000, "USD")));
                break;
            case 2:
                Hear(world, heard, new VoidPayment(PaymentWorld.OrderId));
                break;
            case 3 when world.Payment is not null:
                Hear(world, heard, new RefundPayment(PaymentWorld.OrderId));
                break;
            case 4 when heard.Count > 0 && heard[random.Next(heard.Count)] is var again and not CapturePayment:
                world.Hear(again);
                break;
            default:
                if (world.Activities is [var activity, ..])
                {
                    world.Activities.RemoveAt(0);
                    Hear(world, heard, await world.AnswerAsync(activity, giveUp: true));
                }

                break;
        }
    }

    private static void Hear(PaymentWorld world, List<object> heard, object message)
    {
        world.Hear(message);
        heard.Add(message);
    }

    private static void Holds(PaymentWorld world)
    {
        Assert.Equal(Verdict.Agrees, world.Compare());
        Assert.All(world.Events.GroupBy(happened => happened.GetType()), same => Assert.Single(same));
    }
}
