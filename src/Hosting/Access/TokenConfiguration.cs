using System.Security.Cryptography;
using System.Text;
using Microsoft.Extensions.Configuration;

namespace Orders.Hosting.Access;

/// <summary>
/// Reads <c>Orders:Tokens:{n}:Hash|Role|User</c> (environment <c>Orders__Tokens__0__Hash=…</c>). None configured means local
/// mode, on loopback alone.
/// </summary>
internal static class TokenConfiguration
{
    private static readonly (string Token, string User, string Role)[] Demo =
    [
        ("demo-shopper", "david", Roles.Shopper),
        ("demo-shopper-2", "rachel", Roles.Shopper),
        ("demo-partner", "demo-partner", Roles.Partner),
        ("demo-operator", "demo-operator", Roles.Operator),
    ];

    public static bool IsLocalMode(IConfiguration configuration) => !Section(configuration).GetChildren().Any();

    /// <exception cref="StartupException">No tokens and an address that others can reach, or a token that is not well formed.</exception>
    public static IReadOnlyList<ConfiguredToken> Read(IConfiguration configuration, IReadOnlyList<string> urls)
    {
        if (!IsLocalMode(configuration))
        {
            return [.. Section(configuration).GetChildren().Select(One)];
        }

        var open = urls.FirstOrDefault(url => !Loopback.Is(url));
        return open is null
            ? [.. Demo.Select(demo => new ConfiguredToken(Hash(demo.Token), new(demo.User, demo.Role, null)))]
            : throw new StartupException(
                $"No tokens are configured and {open} can be reached from other machines. Listen on 127.0.0.1 only, or configure "
                + "Orders__Tokens__0__Hash (SHA-256 of the token, in hex), Orders__Tokens__0__Role (shopper, partner or operator) "
                + "and Orders__Tokens__0__User.");
    }

    private static IConfigurationSection Section(IConfiguration configuration) => configuration.GetSection("Orders:Tokens");

    private static ConfiguredToken One(IConfigurationSection token)
    {
        var (hash, role, user) = (token["Hash"], token["Role"], token["User"]);
        if (hash is not { Length: 64 } || !hash.All(char.IsAsciiHexDigit))
        {
            throw new StartupException($"{token.Path}:Hash must be the SHA-256 of the token as 64 hexadecimal digits.");
        }

        if (role is not (Roles.Shopper or Roles.Partner or Roles.Operator))
        {
            throw new StartupException($"{token.Path}:Role is '{role}'. Give shopper, partner or operator.");
        }

        return string.IsNullOrWhiteSpace(user)
            ? throw new StartupException($"{token.Path}:User is missing. Give the user id that the token stands for.")
            : new(Convert.FromHexString(hash), new(user, role, null));
    }

    private static byte[] Hash(string token) => SHA256.HashData(Encoding.UTF8.GetBytes(token));
}
