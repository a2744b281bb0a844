using System.Globalization;
using System.Security.Cryptography;
using System.Text;
using System.Xml;
using System.Xml.Linq;
using Orders.Hosting;
using Orders.Webhooks.Crm.Merging;
using Orders.Webhooks.Crm.Sources;

namespace Orders.Webhooks.Crm.Formats;

/// <summary>
/// Salesforce's Outbound Message: SOAP 1.1 with up to 100 notifications, each a snapshot without a version, whose
/// LastModifiedDate is the order.
/// </summary>
internal sealed class OutboundFormat : ICrmFormat
{
    private const int MaxNotifications = 100;
    private const int MaxDepth = 32;
    private const int MaxAttributes = 64;

    private static readonly XNamespace Soap = "http://schemas.xmlsoap.org/soap/envelope/";
    private static readonly XNamespace Outbound = "http://soap.sforce.com/2005/09/outbound";
    private static readonly XNamespace Instance = "http://www.w3.org/2001/XMLSchema-instance";

    /// <summary>Without document types there are no entities to expand and nothing to fetch.</summary>
    private static readonly XmlReaderSettings NoDocumentTypes = new() { DtdProcessing = DtdProcessing.Prohibit, XmlResolver = null };

    /// <summary>The key; the organisation is in the body, which is not read before.</summary>
    public bool Proves(CrmSource source, CrmCall call, DateTimeOffset now) =>
        call.Query["key"] is [{ } given] && IsOneOf(source.Keys, given);

    public IReadOnlyList<CrmEvent> Read(CrmSource source, CrmCall call)
    {
        var notifications = Parse(call.Body).Root is { } envelope && envelope.Name == Soap + "Envelope"
            ? envelope.Element(Soap + "Body")?.Element(Outbound + "notifications")
            : null;
        var organization = notifications?.Element(Outbound + "OrganizationId")?.Value
            ?? throw ProblemException.Invalid("", "is no Outbound Message: a SOAP 1.1 envelope with notifications of one organisation.");
        if (!IsOneOf([source.Organization!], organization.Trim()))
        {
            throw new UnknownSenderException();
        }

        var events = notifications!.Elements(Outbound + "Notification")
            .Select(one => new CrmEvent(one.Element(Outbound + "Id")?.Value.Trim() ?? "", one.ToString(SaveOptions.DisableFormatting)))
            .ToList();
        return events.Count is >= 1 and <= MaxNotifications && events.TrueForAll(one => FieldRules.IsId(one.Id))
            ? events
            : throw ProblemException.Invalid("", $"must hold 1 to {MaxNotifications} notifications, each with its Id.");
    }

    public CrmNews Interpret(CrmSource source, string text)
    {
        var record = XElement.Parse(text).Element(Outbound + "sObject") ?? throw new UnreadableEventException("The notification has no sObject. Add it.");
        if ((string?)record.Attribute(Instance + "type") is { } type && type[(type.IndexOf(':', StringComparison.Ordinal) + 1)..] != source.Entity)
        {
            return CrmNews.None;
        }

        var values = record.Elements().GroupBy(field => field.Name.LocalName).ToDictionary(field => field.Key, field => Value(field.Last()), StringComparer.Ordinal);
        var fields = SalesforceFields.Names.Where(name => values.ContainsKey(name.Key)).ToDictionary(name => name.Value, name => values[name.Key]);
        if (!DateTimeOffset.TryParse(
                values.GetValueOrDefault("LastModifiedDate"), CultureInfo.InvariantCulture, DateTimeStyles.AssumeUniversal | DateTimeStyles.AdjustToUniversal, out var at))
        {
            throw new UnreadableEventException("LastModifiedDate is missing or no time: without it nobody can tell what is newer. Add it to the Outbound Message's fields.");
        }

        var kind = values.GetValueOrDefault("IsDeleted") == "true" ? ChangeKind.Deleted : ChangeKind.Snapshot;
        return new([FieldRules.Checked(new(values.GetValueOrDefault("Id") ?? "", kind, new(at.ToUnixTimeMilliseconds()), at, fields))]);
    }

    public string Keepable(string text) => WithoutCardNumbers.InXml(text);

    private static XDocument Parse(byte[] body)
    {
        try
        {
            CheckBounds(body);
            using var reader = XmlReader.Create(new MemoryStream(body), NoDocumentTypes);
            return XDocument.Load(reader);
        }
        catch (XmlException malformed)
        {
            throw ProblemException.Invalid("", $"is not well-formed XML without document types near line {malformed.LineNumber}, column {malformed.LinePosition}.");
        }
    }

    // Before a tree is built: to build one, and to write a part of it out, takes time by depth times size.
    private static void CheckBounds(byte[] body)
    {
        using var reader = XmlReader.Create(new MemoryStream(body), NoDocumentTypes);
        while (reader.Read())
        {
            if (reader.Depth >= MaxDepth || reader.AttributeCount > MaxAttributes)
            {
                throw ProblemException.Invalid("", $"is nested deeper than {MaxDepth} levels, or an element has more than {MaxAttributes} attributes.");
            }
        }
    }

    private static string? Value(XElement field) => (string?)field.Attribute(Instance + "nil") is "true" or "1" ? null : field.Value;

    // Of the hashes: the comparison's time then tells nothing, not even of the length.
    private static bool IsOneOf(IEnumerable<string> known, string given)
    {
        var hash = SHA256.HashData(Encoding.UTF8.GetBytes(given));
        var found = false;
        foreach (var one in known)
        {
            found |= CryptographicOperations.FixedTimeEquals(SHA256.HashData(Encoding.UTF8.GetBytes(one)), hash);
        }

        return found;
    }
}
