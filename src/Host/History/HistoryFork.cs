using System.CommandLine;
using System.Text.Json.Nodes;
using Orders.Host.Client;

namespace Orders.Host.History;

/// <summary><c>history fork</c>: a dry run, and with the plan that it shows, the fork itself.</summary>
internal static class HistoryFork
{
    public static Command Create()
    {
        var order = HistoryCommand.Order();
        var from = new Option<int>("--from") { Description = "The first step to run again on the code that the system runs now.", Required = true };
        var plan = new Option<string?>("--plan") { Description = "The plan that the dry run showed: carry it out. Without it, nothing is changed." };
        var reason = new Option<string?>("--reason") { Description = "Why, for the record. Needed with --plan." };
        return new Command("fork", "Has an order that is stuck or wrong go on from an earlier step; what was sent is not sent again.") { order, from, plan, reason }
            .Asks((api, parsed, cancellationToken) => ForkAsync(
                api, parsed.GetRequiredValue(order), parsed.GetRequiredValue(from), parsed.GetValue(plan), parsed.GetValue(reason), cancellationToken));
    }

    private static async Task ForkAsync(OperatorApi api, Guid order, int from, string? plan, string? reason, CancellationToken cancellationToken)
    {
        var request = new JsonObject { ["fromStep"] = from, ["plan"] = plan, ["reason"] = reason };
        var answer = await api.SendAsync(HttpMethod.Post, $"/api/orders/{order}/fork", request, cancellationToken);
        if ((bool)answer["applied"]!)
        {
            Console.WriteLine($"order {order} is forked from step {from}: step {answer["step"]}");
            List("sent:", answer["toSend"]);
            return;
        }

        foreach (var step in answer["steps"]!.AsArray())
        {
            Console.WriteLine($"step {step!["step"]} {step["message"]}{((bool)step["swallowed"]! ? ", which comes after the end now" : "")}");
        }

        Console.WriteLine($"the data now:   {answer["stateNow"]!.ToJsonString()}");
        Console.WriteLine($"the data after: {answer["state"]!.ToJsonString()}{((bool)answer["completed"]! ? ", and the order has ended" : "")}");
        List("it sends:", answer["toSend"]);
        List("sent already, and not again:", answer["alreadySent"]);
        List("was sent, and would not be (timeouts that wait are taken back, nothing else can be):", answer["noLongerSent"]);
        Console.WriteLine($"nothing was changed; to do it: history fork {order} --from {from} --plan {answer["plan"]} --reason \"…\"");
    }

    private static void List(string heading, JsonNode? sends)
    {
        if (sends!.AsArray() is { Count: > 0 } all)
        {
            Console.WriteLine(heading);
            foreach (var send in all)
            {
                Console.WriteLine($"  {send!["kind"]} {send["type"]} {send["body"]!.ToJsonString()}");
            }
        }
    }
}
