using System.Globalization;
using System.Text;
using Npgsql;

namespace Orders.Host.Bench;

/// <summary>
/// The rows that one table holds about a sample order, ready to be inserted for other orders into a table of the same shape:
/// same columns, same indexes, same storage.
/// </summary>
internal sealed class LimitTable(string name, IReadOnlyList<LimitColumn> columns, IReadOnlyList<object[]> rows)
{
    /// <summary>An INSERT of all rows with one parameter a value.</summary>
    public NpgsqlBatchCommand Insert(Guid sample, Guid order)
    {
        var sql = new StringBuilder($"INSERT INTO {LimitRun.Schema}.{name} ({string.Join(", ", columns.Select(column => column.Name))}) VALUES ");
        var command = new NpgsqlBatchCommand();
        foreach (var row in rows)
        {
            sql.Append(command.Parameters.Count == 0 ? "(" : ", (");
            for (var index = 0; index < columns.Count; index++)
            {
                command.Parameters.Add(new NpgsqlParameter
                {
                    DataTypeName = columns[index].Type,
                    Value = ForOrder(row[index], columns[index], sample, order),
                });
                sql.Append(index == 0 ? "$" : ", $").Append(command.Parameters.Count.ToString(CultureInfo.InvariantCulture));
            }

            sql.Append(')');
        }

        command.CommandText = sql.ToString();
        return command;
    }

    /// <summary>The value with the sample's id replaced; other unique values are made anew.</summary>
    private static object ForOrder(object value, LimitColumn column, Guid sample, Guid order) => value switch
    {
        Guid id when id == sample => order,
        Guid when column.IsUnique => Guid.CreateVersion7(),
        string text => text.Replace(sample.ToString(), order.ToString(), StringComparison.Ordinal),
        byte[] when column.IsUnique => Guid.NewGuid().ToByteArray(),
        long when column.IsUnique => BitConverter.ToInt64(Guid.NewGuid().ToByteArray()) & long.MaxValue,
        _ => value,
    };
}

/// <param name="IsUnique">Part of the primary key or of a unique index.</param>
internal sealed record LimitColumn(string Name, string Type, bool IsUnique);
