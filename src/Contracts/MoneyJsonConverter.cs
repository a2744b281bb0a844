using System.Text.Json;
using System.Text.Json.Serialization;

namespace Orders.Contracts;

/// <summary>Reads and writes <c>{"amount":"323.49","currency":"USD"}</c>; nothing else is accepted.</summary>
public sealed class MoneyJsonConverter : JsonConverter<Money>
{
    public override Money Read(ref Utf8JsonReader reader, Type typeToConvert, JsonSerializerOptions options)
    {
        if (reader.TokenType != JsonTokenType.StartObject)
        {
            throw new JsonException("Money is an object: {\"amount\":\"323.49\",\"currency\":\"USD\"}.");
        }

        string? amount = null;
        string? currency = null;
        while (reader.Read() && reader.TokenType == JsonTokenType.PropertyName)
        {
            var isAmount = reader.ValueTextEquals("amount"u8);
            if (!isAmount && !reader.ValueTextEquals("currency"u8))
            {
                throw new JsonException($"Money has no member '{reader.GetString()}': it has 'amount' and 'currency'.");
            }

            reader.Read();
            if (reader.TokenType != JsonTokenType.String || (isAmount ? amount : currency) is not null)
            {
                throw new JsonException("Money's 'amount' and 'currency' are strings, each given once.");
            }

            (amount, currency) = isAmount ? (reader.GetString(), currency) : (amount, reader.GetString());
        }

        if (amount is null || currency is null)
        {
            throw new JsonException("Money needs both 'amount' and 'currency'.");
        }

        return Money.TryParse(amount, currency, out var money, out var error) ? money : throw new JsonException(error);
    }

    public override void Write(Utf8JsonWriter writer, Money value, JsonSerializerOptions options)
    {
        writer.WriteStartObject();
        writer.WriteString("amount"u8, value.Amount);
        writer.WriteString("currency"u8, value.Currency);
        writer.WriteEndObject();
    }
}
