using System.Globalization;
using System.IO.Compression;
using System.Text;
using CsvHelper;
using CsvHelper.Configuration;

namespace Orders.Host.ImportRetail;

/// <summary>A file of retail invoices: what of it is clean, and what is not.</summary>
internal sealed record RetailFile(IReadOnlyList<RetailRow> Rows, IReadOnlyList<RejectedRow> Rejected)
{
    private static readonly string[] Columns =
        ["InvoiceNo", "StockCode", "Description", "Quantity", "InvoiceDate", "UnitPrice", "CustomerID", "Country"];

    /// <summary>Reads <c>.csv</c> or <c>.csv.gz</c>, UTF-8 with or without a byte order mark.</summary>
    /// <exception cref="InvalidDataException">The file has no such header; its text says which column is missing.</exception>
    public static RetailFile Read(string path)
    {
        using var file = File.OpenRead(path);
        using Stream content = path.EndsWith(".gz", StringComparison.OrdinalIgnoreCase)
            ? new GZipStream(file, CompressionMode.Decompress)
            : file;
        return Read(content);
    }

    public static RetailFile Read(Stream content)
    {
        using var text = new StreamReader(content, Encoding.UTF8, detectEncodingFromByteOrderMarks: true);
        using var csv = new CsvReader(text, new CsvConfiguration(CultureInfo.InvariantCulture)
        {
            TrimOptions = TrimOptions.Trim,
            MissingFieldFound = null,
            BadDataFound = null,
        });
        RequireHeader(csv);
        var (rows, rejected) = (new List<RetailRow>(), new List<RejectedRow>());
        while (csv.Read())
        {
            var raw = RawRow(csv);
            if (csv.Parser.Count != Columns.Length)
            {
                rejected.Add(new(raw.Line, raw.Invoice, $"the row has {csv.Parser.Count} fields where {Columns.Length} are expected"));
            }
            else if (RetailRowRules.Check(raw, out var reason) is { } row)
            {
                rows.Add(row);
            }
            else
            {
                rejected.Add(new(raw.Line, raw.Invoice, reason));
            }
        }

        return new(rows, rejected);
    }

    private static void RequireHeader(CsvReader csv)
    {
        if (!csv.Read() || !csv.ReadHeader())
        {
            throw new InvalidDataException($"The file is empty. Its first line has to be {string.Join(',', Columns)}.");
        }

        if (Columns.FirstOrDefault(column => !csv.HeaderRecord!.Contains(column)) is { } missing)
        {
            throw new InvalidDataException($"The column {missing} is missing. The first line has to be {string.Join(',', Columns)}.");
        }
    }

    private static RawRetailRow RawRow(CsvReader csv) => new(
        csv.Parser.RawRow,
        csv["InvoiceNo"] ?? "",
        csv["StockCode"] ?? "",
        csv["Description"] ?? "",
        csv["Quantity"] ?? "",
        csv["InvoiceDate"] ?? "",
        csv["UnitPrice"] ?? "",
        csv["CustomerID"] ?? "",
        csv["Country"] ?? "");
}
