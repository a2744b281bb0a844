using System.Text.RegularExpressions;

namespace Orders.Tests.Unit.Architecture.Migrations;

/// <summary>
/// What a migration may not do, because the version before still serves while it runs: take away or change what that one uses,
/// or hold a lock on a table for as long as a scan or a rewrite of it takes. A comment <c>-- safe: why</c> right above a
/// statement excuses it.
/// </summary>
internal static class MigrationRules
{
    private static readonly Regex Statement = Sql(@"(?:--[^\n]*|'(?:[^']|'')*'|\$(?<tag>\w*)\$[\s\S]*?\$\k<tag>\$|[^;'-]|-)+");
    private static readonly Regex Comment = Sql(@"--[^\n]*");
    private static readonly Regex Safe = Sql(@"--\s*safe:\s*\S.{10,}");
    private static readonly Regex NewTable = Sql(@"\bcreate\s+(?:unlogged\s+)?table\s+(?:if\s+not\s+exists\s+)?(?<table>[\w.]+)");

    private static readonly (Regex Pattern, bool OfReleased, string Why)[] Rules =
    [
        (Sql(@"\bdrop\s+(?:table|column|schema|view|materialized|type|function|constraint|index|sequence|default|(?!not\b)\w+\s*$)"), false, "drops what the version before uses"),
        (Sql(@"\brename\b"), false, "renames what the version before uses"),
        (Sql(@"\balter\s+(?:column\s+)?\w+\s+(?:set\s+data\s+)?type\b"), false, "changes a type: the table is rewritten, and the version before reads the old one"),
        (Sql(@"\bset\s+not\s+null\b"), false, "sets not null: the version before may leave it out, and the table is scanned under a lock"),
        (Sql(@"^\s*(?:truncate|lock)\b"), false, "empties or locks a table"),
        (Sql(@"\balter\s+table\s+(?:if\s+exists\s+)?(?<table>[\w.]+)[\s\S]*\badd\s+(?:column\s+)?(?!constraint\b)\w+\s(?:(?!,\s*add\b|\bdefault\b)[\s\S])*\bnot\s+null\b(?!(?:(?!,\s*add\b)[\s\S])*\bdefault\b)"), true, "adds a column that the version before does not fill: give it a default, or let it be null"),
        (Sql(@"\balter\s+table\s+(?:if\s+exists\s+)?(?<table>[\w.]+)[\s\S]*\badd\s+[\s\S]*\bdefault\s+[\w.]+\s*\("), true, "adds a column whose default differs by row: the table is rewritten"),
        (Sql(@"\bcreate\s+(?:unique\s+)?index\b[\s\S]*?\bon\s+(?:only\s+)?(?<table>[\w.]+)"), true, "builds an index under a lock on a table that holds rows"),
        (Sql(@"\balter\s+table\s+(?:if\s+exists\s+)?(?<table>[\w.]+)[\s\S]*(?:\badd\s+(?:constraint\b|check\b|unique\b|primary\b|foreign\b|exclude\b)|\breferences\b)(?![\s\S]*\bnot\s+valid\b)"), true, "checks every row under a lock: add it 'not valid' and validate it in a later migration"),
        (Sql(@"^\s*(?:with[\s\S]*)?(?:update|delete\s+from)\s+(?:only\s+)?(?<table>[\w.]+)"), true, "changes the rows of a released table in one transaction"),
    ];

    /// <param name="sql">The migration.</param>
    /// <param name="released">The tables that earlier migrations of the schema made.</param>
    public static IEnumerable<string> Faults(string sql, IReadOnlySet<string> released) =>
        from statement in Statements(sql)
        where !Safe.IsMatch(statement)
        let text = Comment.Replace(statement, "").Trim()
        from rule in Rules
        let match = rule.Pattern.Match(text)
        where match.Success && (!rule.OfReleased || released.Contains(match.Groups["table"].Value.ToLowerInvariant()))
        select $"{text.Split('\n')[0]} … {rule.Why}";

    public static IEnumerable<string> TablesOf(string sql) => NewTable.Matches(Comment.Replace(sql, "")).Select(made => made.Groups["table"].Value.ToLowerInvariant());

    /// <summary>Each with the comments before it. A body between dollar quotes stays in one piece.</summary>
    private static IEnumerable<string> Statements(string sql) => Statement.Matches(sql).Select(match => match.Value);

    private static Regex Sql(string pattern) => new(pattern, RegexOptions.IgnoreCase, TimeSpan.FromSeconds(5));
}
