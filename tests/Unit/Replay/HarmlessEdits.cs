namespace Orders.Tests.Unit.Replay;

/// <summary>Edits that change how the order process is written, and nothing that it does.</summary>
internal static class HarmlessEdits
{
    public static IReadOnlyList<Edit> All { get; } =
    [
        new("a local is renamed", "Say.cs", "now => new OutgoingCommand(create(now)));", "situation => new OutgoingCommand(create(situation)));"),
        new("another local is renamed", "Say.cs", "now => new OutgoingEvent(create(now)));", "situation => new OutgoingEvent(create(situation)));"),
        new("an effect's name for people is changed", "Say.cs", "Command(nameof(CommitStock),", "Command(\"commit\","),
        new("a reason to ignore is reworded", "Transitions/Answers.cs", "It is a duplicate: this is known already.", "Known already."),
        new("another reason to ignore is reworded", "Transitions/Answers.cs", "It contradicts the answer that was given first; a module answers once.", "A module answers once."),
        new("a third reason to ignore is reworded", "Transitions/Answers.cs", "Inventory keeps the units held until ReleaseStock, and the payment is already good.", "Held."),
        new("the reason of the ends is reworded", "Transitions/Ends.cs", "The order has ended.", "It is over."),
        new("rules to ignore are reordered", "Transitions/Fulfilling.cs", ".Ignore<PaymentCaptured>(Duplicate)\n        .Ignore<PaymentCaptureFailed>(OneAnswer)", ".Ignore<PaymentCaptureFailed>(OneAnswer)\n        .Ignore<PaymentCaptured>(Duplicate)"),
        new("rules are reordered", "Transitions/Fulfilling.cs", ".On<ShipmentPacked>(Capturing, Say.CapturePayment)\n            .Closed(Rejected, Unpaid)", ".Closed(Rejected, Unpaid)\n            .On<ShipmentPacked>(Capturing, Say.CapturePayment)"),
        new("parts of the table are reordered", "OrderTransitions.cs", "BeforePlaced.States, Joining.States, Fulfilling.States", "Fulfilling.States, Joining.States, BeforePlaced.States"),
        new("the kinds of messages are reordered", "HandledMessages.cs", "typeof(PaymentDeadline), typeof(DispatchDeadline),\n        typeof(StockReserved), typeof(StockShort), typeof(HoldExpired),\n        typeof(PaymentAuthorised), typeof(PaymentDeclined), typeof(PaymentUnresolved),\n        typeof(PaymentCaptured)", "typeof(DispatchDeadline), typeof(PaymentDeadline),\n        typeof(StockShort), typeof(StockReserved), typeof(HoldExpired),\n        typeof(PaymentAuthorised), typeof(PaymentDeclined), typeof(PaymentUnresolved),\n        typeof(PaymentCaptured)"),
        new("a loop becomes a query", "OrderDecision.cs", "        var outgoing = new Outgoing[rule.Effects.Count];\n        for (var i = 0; i < outgoing.Length; i++)\n        {\n            outgoing[i] = rule.Effects[i].Create(known);\n        }\n", "        var outgoing = rule.Effects.Select(effect => effect.Create(known)).ToArray();\n"),
        new("a method is extracted", "OrderSaga.cs", "        if (decision.Progress.State.IsEnd())\n        {\n            MarkAsComplete();\n        }\n    }\n", "        EndIfItHas(decision);\n    }\n\n    private void EndIfItHas(Decision decision)\n    {\n        if (decision.Progress.State.IsEnd())\n        {\n            MarkAsComplete();\n        }\n    }\n"),
        new("the data is set a line later", "OrderSaga.cs", "        Data.Progress = decision.Progress;\n        foreach (var outgoing in decision.Outgoing)\n        {\n            await CarryOut(outgoing, context);\n        }\n", "        foreach (var outgoing in decision.Outgoing)\n        {\n            await CarryOut(outgoing, context);\n        }\n\n        Data.Progress = decision.Progress;\n"),
        new("a loop counts", "OrderSaga.cs", "foreach (var outgoing in decision.Outgoing)\n        {\n            await CarryOut(outgoing, context);", "for (var i = 0; i < decision.Outgoing.Count; i++)\n        {\n            await CarryOut(decision.Outgoing[i], context);"),
        new("the constructor's parameters are reordered", "OrderSaga.cs", "OrderSaga(OrderTransitions table, TimeProvider clock, Deadlines deadlines)", "OrderSaga(Deadlines deadlines, TimeProvider clock, OrderTransitions table)"),
        new("mappings are reordered", "OrderSaga.cs", ".ToMessage<OrderPlaced>(message => message.OrderId)\n        .ToMessage<CancelOrder>(message => message.OrderId)", ".ToMessage<CancelOrder>(cancel => cancel.OrderId)\n        .ToMessage<OrderPlaced>(placed => placed.OrderId)"),
        new("something is traced", "OrderSaga.cs", "Data.Progress = decision.Progress;", "Data.Progress = decision.Progress;\n        System.Diagnostics.Debug.WriteLine(decision.Ignored);"),
        new("the clock is read twice", "OrderSaga.cs", "var decision = OrderDecision", "_ = clock.GetUtcNow();\n        var decision = OrderDecision"),
        new("a comment is added", "OrderDecision.cs", "    private static Decision Nothing(", "    // Nothing happens.\n    private static Decision Nothing("),
        new("optional text is added to the data", "OrderProgress.cs", "public OrderState State { get; init; }", "public OrderState State { get; init; }\n\n    public string? Note { get; init; }"),
        new("a number is added to the data", "OrderProgress.cs", "public OrderState State { get; init; }", "public OrderState State { get; init; }\n\n    public int Attempts { get; init; }"),
        new("a flag is added to the data", "OrderProgress.cs", "public OrderState State { get; init; }", "public OrderState State { get; init; }\n\n    public bool IsGift { get; init; }"),
        new("a list is added to the data", "OrderProgress.cs", "public OrderState State { get; init; }", "public OrderState State { get; init; }\n\n    public IReadOnlyList<string> Tags { get; init; } = [];"),
        new("optional text is added beside the progress", "OrderSagaData.cs", "public Guid OrderId { get; set; }", "public Guid OrderId { get; set; }\n\n    public string? Region { get; set; }"),
        new("members are reordered", "OrderProgress.cs", "    public string? Currency { get; init; }\n\n    public IReadOnlyList<OrderedLine>? Lines { get; init; }\n", "    public IReadOnlyList<OrderedLine>? Lines { get; init; }\n\n    public string? Currency { get; init; }\n"),
        new("a pattern is written out", "OrderStates.cs", "state is Completed or Rejected or Cancelled;", "state == Completed || state == Rejected || state == Cancelled;"),
        new("a query becomes an array", "Remember.cs", "[.. placed.Lines.Select(line => new OrderedLine(line.Sku, line.Quantity, line.UnitPrice.Minor))]", "placed.Lines.Select(line => new OrderedLine(line.Sku, line.Quantity, line.UnitPrice.Minor)).ToArray()"),
        new("a body is written with braces", "Remember.cs", "public static OrderProgress Expiry(Situation now) => now.Progress with { HoldExpiredAt = ((HoldExpired)now.Message).At };", "public static OrderProgress Expiry(Situation now)\n    {\n        var expired = (HoldExpired)now.Message;\n        return now.Progress with { HoldExpiredAt = expired.At };\n    }"),
        new("a rule says more about itself", "Rule.cs", "public Exemption? Unless { get; init; }", "public Exemption? Unless { get; init; }\n\n    public string? Description { get; init; }"),
        new("a situation carries more", "Situation.cs", "Deadlines Deadlines)", "Deadlines Deadlines, int Attempt = 0)"),
        new("a constant is inlined", "Transitions/Cancelling.cs", ".Ignore(CaptureDecides, HandledMessages.OfShipment)", ".Ignore(\"The capture decides.\", HandledMessages.OfShipment)"),
    ];
}
