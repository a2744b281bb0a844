using System.Text.Json;

namespace Orders.Bus.Testing;

/// <summary>Copies saga data by way of JSON, so that a test sees what would survive being stored.</summary>
internal static class SagaDataCopy
{
    public static TSagaData Of<TSagaData>(TSagaData data) => JsonSerializer.Deserialize<TSagaData>(JsonSerializer.Serialize(data))!;
}
