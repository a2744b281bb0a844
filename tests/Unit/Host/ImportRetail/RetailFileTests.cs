using System.Text;
using Orders.Host.ImportRetail;

namespace Orders.Tests.Unit.Host.ImportRetail;

public sealed class RetailFileTests
{
    private const string Header = "InvoiceNo,StockCode,Description,Quantity,InvoiceDate,UnitPrice,CustomerID,Country";

    [Fact]
    public void A_file_with_a_byte_order_mark_is_read()
    {
        var file = Read("\uFEFF" + Header, "536365,85123A,\"HEART, WHITE\",6,12/1/2010 8:26,2.55,17850,United Kingdom");

        var row = Assert.Single(file.Rows);
        Assert.Equal((2, "85123A", "HEART, WHITE", 6, 255L, "17850"), (row.Line, row.Sku, row.Description, row.Quantity, row.UnitPrice.Minor, row.Customer));
    }

    [Theory]
    [InlineData("536365,,HEART,6,12/1/2010 8:26,2.55,17850,UK", "stock code")]
    [InlineData(",85123A,HEART,6,12/1/2010 8:26,2.55,17850,UK", "invoice number")]
    [InlineData("536365,85123A,HEART,six,12/1/2010 8:26,2.55,17850,UK", "whole number")]
    [InlineData("536365,85123A,HEART,0,12/1/2010 8:26,2.55,17850,UK", "quantity is 0")]
    [InlineData("536365,85123A,HEART,-6,12/1/2010 8:26,2.55,17850,UK", "negative on an invoice")]
    [InlineData("C536365,85123A,HEART,6,12/1/2010 8:26,2.55,17850,UK", "positive on a cancellation")]
    [InlineData("536365,85123A,HEART,10001,12/1/2010 8:26,2.55,17850,UK", "over 10000")]
    [InlineData("536365,85123A,HEART,6,2010-12-01,2.55,17850,UK", "date '2010-12-01'")]
    [InlineData("536365,85123A,HEART,6,13/1/2010 8:26,2.55,17850,UK", "date '13/1/2010 8:26'")]
    [InlineData("536365,85123A,HEART,6,12/1/2010 8:26,-2.55,17850,UK", "is negative")]
    [InlineData("536365,85123A,HEART,6,12/1/2010 8:26,0,17850,UK", "price is 0")]
    [InlineData("536365,85123A,HEART,6,12/1/2010 8:26,2.555,17850,UK", "fractions of a penny")]
    [InlineData("536365,85123A,HEART,6,12/1/2010 8:26,cheap,17850,UK", "not a number")]
    [InlineData("536365,85123A,HEART,6", "4 fields where 8 are expected")]
    public void An_unclean_row_is_rejected_with_its_line_and_reason(string row, string reason)
    {
        var file = Read(Header, "536364,22752,NESTING BOXES,2,12/1/2010 8:26,7.65,17850,UK", row);

        Assert.Single(file.Rows);
        var rejected = Assert.Single(file.Rejected);
        Assert.Equal(3, rejected.Line);
        Assert.Contains(reason, rejected.Reason, StringComparison.Ordinal);
    }

    [Fact]
    public void A_missing_column_is_named()
    {
        var fault = Assert.Throws<InvalidDataException>(() => Read("InvoiceNo,StockCode", "536365,85123A"));

        Assert.Contains("The column Description is missing", fault.Message, StringComparison.Ordinal);
    }

    private static RetailFile Read(params string[] lines) =>
        RetailFile.Read(new MemoryStream(Encoding.UTF8.GetBytes(string.Join('\n', lines))));
}
