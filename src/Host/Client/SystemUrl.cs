using System.CommandLine;
using System.CommandLine.Parsing;

namespace Orders.Host.Client;

/// <summary>The option <c>--url</c> of the tools that call a system that serves.</summary>
internal static class SystemUrl
{
    private const string Default = "http://127.0.0.1:8080";

    public static Option<Uri> Option(string description) => new("--url")
    {
        Description = description,
        DefaultValueFactory = _ => new Uri(Default),
        CustomParser = Read,
    };

    private static Uri Read(ArgumentResult result)
    {
        if (Uri.TryCreate(result.Tokens[0].Value, UriKind.Absolute, out var url) && url.Scheme is "http" or "https")
        {
            return url;
        }

        result.AddError($"--url '{result.Tokens[0].Value}' is no address. Give one such as {Default}.");
        return new(Default);
    }
}
