using Orders.Contracts;
using Orders.Host.Client;

namespace Orders.Host.Demo;

/// <summary>The demo's order with one number: always the same, so that a demo that was killed goes on where it stopped.</summary>
internal sealed record DemoOrder(int Number, DemoKind Kind, OrderRequest Request)
{
    private static readonly string[] Names = ["David Xiang", "Rachel Okafor", "Mina Sørensen", "Tomás Rivera", "Aiko Tanaka", "Priya Nair"];

    public static DemoOrder Of(int number, IReadOnlyList<SampleItem> catalogue)
    {
        var kind = DemoKind.Of(number);
        var random = new Random(number);
        var available = catalogue.Where(item => item.Sku != SampleItem.SoldOut).ToArray();
        random.Shuffle(available);
        var items = available.Take(random.Next(1, 4));
        if (kind.IsShort)
        {
            items = items.Append(catalogue.Single(item => item.Sku == SampleItem.SoldOut));
        }

        var name = Names[number % Names.Length];
        return new(number, kind, new(
            [.. items.Select(item => new OrderRequestLine(item.Sku, random.Next(1, 4), item.Price))],
            kind.Prime,
            kind.Prime ? "Please put a ribbon on my package" : null,
            new PaymentMeans(kind.CardToken),
            new Address(name, "1 Main St", "Springfield", kind.PostalCode, "US")));
    }
}
