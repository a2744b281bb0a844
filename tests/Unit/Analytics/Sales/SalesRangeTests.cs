using Microsoft.AspNetCore.Http;
using Orders.Analytics.Sales;
using Orders.Hosting;

namespace Orders.Tests.Unit.Analytics.Sales;

public sealed class SalesRangeTests
{
    [Fact]
    public void Whole_buckets_hold_both_ends()
    {
        var range = Of("?from=2026-03-01T10:30:00Z&to=2026-03-01T12:00:01%2B01:00&interval=hour");
        Assert.Equal(new DateTime(2026, 3, 1, 10, 0, 0, DateTimeKind.Utc), range.From);
        Assert.Equal(new DateTime(2026, 3, 1, 12, 0, 0, DateTimeKind.Utc), range.To);
    }

    [Fact]
    public void An_end_on_a_boundary_takes_no_bucket_more() =>
        Assert.Equal(new DateTime(2026, 3, 2, 0, 0, 0, DateTimeKind.Utc), Of("?to=2026-03-02&interval=day").To);

    [Theory]
    [InlineData("?interval=week")]
    [InlineData("?from=yesterday")]
    [InlineData("?from=2026-03-01T10:30:00")]
    [InlineData("?from=2026-03-02&to=2026-03-01")]
    [InlineData("?to=9999-12-31")]
    [InlineData("?from=2026-03-01&from=2026-03-02")]
    public void Anything_else_is_refused(string query) => Assert.Equal(400, Assert.Throws<ProblemException>(() => Of(query)).Status);

    private static SalesRange Of(string query)
    {
        var request = new DefaultHttpContext().Request;
        request.QueryString = new(query);
        return SalesRange.Of(request);
    }
}
