using System.Text.Json;
using Orders.Payments;
using Orders.Payments.Capture;

namespace Orders.Tests.Unit.Payments;

public sealed class PaymentsJsonTests
{
    [Fact]
    public void A_refused_capture_is_read_as_it_was_written()
    {
        var refused = new CaptureAnswered(new Guid("01900000-0000-7000-8000-000000000001"), CapturedMinor: null, "capture-refused");
        var json = JsonSerializer.Serialize(refused, PaymentsJson.Default.CaptureAnswered);
        Assert.Equal(refused, JsonSerializer.Deserialize(json, PaymentsJson.Default.CaptureAnswered));
    }
}
