using System.Text.Json.Nodes;
using System.Text.RegularExpressions;
using Microsoft.OpenApi;

namespace Orders.Tests.Integration.OpenApi;

/// <summary>The document itself: complete, and an OpenAPI document.</summary>
public sealed class DocumentTests(DescribedHost host) : IClassFixture<DescribedHost>
{
    private IEnumerable<(string Name, JsonObject Operation)> Operations =>
        from path in host.Document["paths"]!.AsObject()
        from operation in path.Value!.AsObject()
        select ($"{operation.Key} {path.Key}", operation.Value!.AsObject());

    [Fact]
    public void It_holds_every_route_and_no_other() =>
        Assert.Equal(host.Routes.Order(StringComparer.Ordinal), Operations.Select(one => one.Name).Order(StringComparer.Ordinal));

    [Fact]
    public void Every_operation_says_what_it_is_and_what_success_looks_like() => Assert.All(Operations, one =>
    {
        Assert.NotEmpty(one.Operation["summary"]!.GetValue<string>());
        Assert.NotEmpty(one.Operation["operationId"]!.GetValue<string>());
        Assert.Single(one.Operation["tags"]!.AsArray());
        Assert.Contains(Responses(one.Operation), answer =>
            answer.Key == "204" || answer.Key.StartsWith('2') && answer.Value!["content"]?.AsObject().All(content => content.Value!["schema"] is not null) is true);
    });

    [Fact]
    public void Every_failure_is_a_problem_with_its_slugs_named() => Assert.All(Operations, one => Assert.All(
        Responses(one.Operation).Where(answer => answer.Key[0] is '4' or '5'),
        answer => Assert.NotEmpty(answer.Value!["content"]!["application/problem+json"]!["schema"]!["properties"]!["type"]!["enum"]!.AsArray())));

    [Fact]
    public void Every_parameter_of_a_path_is_described() => Assert.All(Operations, one => Assert.All(
        Regex.Matches(one.Name, @"\{(?<name>\w+)\}", RegexOptions.None, TimeSpan.FromSeconds(1)),
        name => Assert.Contains(Parameters(one.Operation), parameter =>
            parameter!["in"]!.GetValue<string>() == "path"
            && parameter["name"]!.GetValue<string>() == name.Groups["name"].Value
            && parameter["required"]!.GetValue<bool>()
            && parameter["description"] is not null)));

    [Fact]
    public void Whoever_needs_a_token_is_told_so_and_which_roles()
    {
        var closed = Operations.ToLookup(one => one.Operation["x-roles"] is not null);

        Assert.NotEmpty(closed[true]);
        Assert.All(closed[true], one => Assert.NotNull(one.Operation["security"]![0]!["bearer"]));
        // A webhook's sender is known by its signature.
        Assert.All(closed[false], one => Assert.True(one.Name.StartsWith("post /webhooks/", StringComparison.Ordinal) || Responses(one.Operation)["401"] is null));
        Assert.Equal("bearer", host.Document["components"]!["securitySchemes"]!["bearer"]!["scheme"]!.GetValue<string>());
    }

    [Fact]
    public void Every_operation_has_an_id_of_its_own()
    {
        var ids = Operations.Select(one => one.Operation["operationId"]!.GetValue<string>()).ToList();

        Assert.Equal(ids.Distinct(StringComparer.Ordinal), ids);
    }

    [Fact]
    public void It_is_valid_OpenAPI()
    {
        Assert.StartsWith("3.1.", host.Document["openapi"]!.GetValue<string>(), StringComparison.Ordinal);
        Assert.Empty(FaultsOf(host.Text));
    }

    [Theory]
    [InlineData("\"title\":", "\"titel\":")]
    [InlineData("\"description\": \"The stream.\"", "\"descriptoin\": \"The stream.\"")]
    [InlineData("#/components/schemas/Money\"", "#/components/schemas/Mammon\"")]
    public void A_planted_fault_is_found(string part, string instead)
    {
        Assert.Contains(part, host.Text, StringComparison.Ordinal);
        Assert.NotEmpty(FaultsOf(host.Text.Replace(part, instead, StringComparison.Ordinal)));
    }

    private static List<string> FaultsOf(string text)
    {
        var (document, diagnostic) = OpenApiDocument.Parse(text, OpenApiConstants.Json);
        var check = new SchemaCheck(JsonNode.Parse(text)!.AsObject());
        return
        [
            .. diagnostic!.Errors.Select(error => error.ToString()),
            .. document!.Validate(ValidationRuleSet.GetDefaultRuleSet()).Select(error => error.ToString()),
            .. Regex.Matches(text, "\"\\$ref\": ?\"(?<to>[^\"]+)\"", RegexOptions.None, TimeSpan.FromSeconds(5))
                .Select(reference => reference.Groups["to"].Value)
                .Where(to => Record.Exception(() => check.Find(to)) is not null)
                .Select(to => to + " leads nowhere"),
        ];
    }

    private static JsonObject Responses(JsonObject operation) => operation["responses"]!.AsObject();

    private static JsonArray Parameters(JsonObject operation) => operation["parameters"]?.AsArray() ?? [];
}
