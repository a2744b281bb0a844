using System.Diagnostics.CodeAnalysis;

namespace Orders.Bus;

/// <summary>Values that steps of one pipeline run hand each other, by type or by key.</summary>
public class ContextBag
{
    private readonly Dictionary<string, object> values = new(StringComparer.Ordinal);

    public T Get<T>() => Get<T>(typeof(T).FullName!);

    public T Get<T>(string key) => TryGet<T>(key, out var value)
        ? value
        : throw new KeyNotFoundException($"No value is stored under '{key}'. Set it before it is read.");

    public bool TryGet<T>([MaybeNullWhen(false)] out T result) => TryGet(typeof(T).FullName!, out result);

    public bool TryGet<T>(string key, [MaybeNullWhen(false)] out T result)
    {
        if (values.TryGetValue(key, out var value))
        {
            result = (T)value;
            return true;
        }

        result = default;
        return false;
    }

    public void Set<T>(T t)
        where T : notnull => values[typeof(T).FullName!] = t;

    public void Set<T>(string key, T t)
        where T : notnull => values[key] = t;

    public void Remove(string key) => values.Remove(key);
}
