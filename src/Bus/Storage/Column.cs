using Npgsql;
using NpgsqlTypes;

namespace Orders.Bus.Storage;

/// <summary>One column of many rows as an array parameter, for statements that write a whole batch with <c>unnest</c>.</summary>
public static class Column
{
    /// <summary>As below, of the type that Npgsql takes for <typeparamref name="TValue"/>.</summary>
    public static NpgsqlParameter<TValue[]> Of<TRow, TValue>(IReadOnlyList<TRow> rows, Func<TRow, TValue> read)
    {
        var values = new TValue[rows.Count];
        for (var i = 0; i < values.Length; i++)
        {
            values[i] = read(rows[i]);
        }

        return new() { TypedValue = values };
    }

    /// <param name="rows">The rows, in the order of the statement's other columns.</param>
    /// <param name="type">The type of one element.</param>
    /// <param name="read">The column's value in a row.</param>
    public static NpgsqlParameter<TValue[]> Of<TRow, TValue>(IReadOnlyList<TRow> rows, NpgsqlDbType type, Func<TRow, TValue> read)
    {
        var column = Of(rows, read);
        column.NpgsqlDbType = NpgsqlDbType.Array | type;
        return column;
    }
}
