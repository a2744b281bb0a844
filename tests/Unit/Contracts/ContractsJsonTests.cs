using System.Text.Json;
using Orders.Contracts;

namespace Orders.Tests.Unit.Contracts;

public sealed class ContractsJsonTests
{
    [Fact]
    public void What_may_be_null_survives_the_wire()
    {
        var guest = new OrderPlaced(
            Guid.CreateVersion7(), null, DateTimeOffset.UnixEpoch, false, null, [], new(100, "USD"),
            new("tok_ok"), new("David Xiang", "1 Main St", "Springfield", "12345", "US"));
        var json = JsonSerializer.Serialize(guest, ContractsJson.Default.OrderPlaced);
        var read = JsonSerializer.Deserialize(json, ContractsJson.Default.OrderPlaced)!;
        Assert.Equal((guest.OrderId, null, null, guest.ShipTo), (read.OrderId, read.UserId, read.Instructions, read.ShipTo));
    }
}
