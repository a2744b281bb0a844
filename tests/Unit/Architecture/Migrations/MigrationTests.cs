namespace Orders.Tests.Unit.Architecture.Migrations;

public sealed class MigrationTests
{
    private static readonly HashSet<string> Released = ["shop.big"];

    public static TheoryData<string> Files =>
        [.. All().Select(file => Path.GetRelativePath(ProjectReferences.Root(), file))];

    [Theory]
    [MemberData(nameof(Files))]
    public void The_version_before_serves_on_while_it_runs(string file)
    {
        var path = Path.Combine(ProjectReferences.Root(), file);
        var earlier = All().Where(other => Path.GetDirectoryName(other) == Path.GetDirectoryName(path) && string.CompareOrdinal(other, path) < 0)
            .SelectMany(other => MigrationRules.TablesOf(File.ReadAllText(other)));

        Assert.Empty(MigrationRules.Faults(File.ReadAllText(path), earlier.ToHashSet(StringComparer.Ordinal)));
    }

    [Theory]
    [InlineData("drop table shop.big", "drops")]
    [InlineData("alter table shop.big drop column a", "drops")]
    [InlineData("alter table shop.big drop a", "drops")]
    [InlineData("alter table shop.big alter column a drop default", "drops")]
    [InlineData("ALTER TABLE shop.big RENAME a TO b", "renames")]
    [InlineData("alter table shop.big alter column a type bigint", "changes a type")]
    [InlineData("alter table shop.big alter a set data type bigint", "changes a type")]
    [InlineData("alter table shop.big alter column a set not null", "sets not null")]
    [InlineData("alter table shop.big add column a integer not null", "does not fill")]
    [InlineData("alter table shop.big add column b text,\n  add a integer not null", "does not fill")]
    [InlineData("alter table shop.big add column a integer not null, add column b integer not null default 0", "does not fill")]
    [InlineData("alter table shop.big add column a timestamptz not null default bus.now()", "differs by row")]
    [InlineData("create index big_a on shop.big (a)", "builds an index")]
    [InlineData("create unique index if not exists big_a on shop.big (a)", "builds an index")]
    [InlineData("alter table shop.big add constraint c check (a > 0)", "checks every row")]
    [InlineData("alter table shop.big add column a integer references shop.small", "checks every row")]
    [InlineData("update shop.big set a = 1", "changes the rows")]
    [InlineData("with x as (select 1) delete from shop.big", "changes the rows")]
    [InlineData("truncate shop.big", "empties")]
    [InlineData("create table shop.new (a integer);\n-- A comment; with a semicolon.\ndrop table shop.big", "drops")]
    [InlineData("-- safe: no\ndrop table shop.big", "drops")]
    public void A_planted_fault_is_reported(string sql, string why) =>
        Assert.Contains(MigrationRules.Faults(sql + ";", Released), fault => fault.Contains(why, StringComparison.Ordinal));

    [Theory]
    [InlineData("create table shop.new (a integer not null, b text not null unique); create index new_a on shop.new (a); insert into shop.new values (1, ';')")]
    [InlineData("alter table shop.big add column a integer, add column b boolean not null default false")]
    [InlineData("alter table shop.big add constraint c check (a > 0) not valid")]
    [InlineData("-- safe: at most a thousand rows, built within milliseconds.\ncreate index big_a on shop.big (a)")]
    [InlineData("create function shop.f() returns void language plpgsql as $$ begin update shop.big set a = 1; end $$")]
    [InlineData("-- It could drop table shop.big.\ncreate table shop.other (dropped_at timestamptz)")]
    public void What_harms_nobody_is_let_through(string sql) => Assert.Empty(MigrationRules.Faults(sql + ";", Released));

    private static IEnumerable<string> All() => Directory.EnumerateFiles(Path.Combine(ProjectReferences.Root(), "src"), "M*.sql", SearchOption.AllDirectories)
        .Where(file => Path.GetFileName(Path.GetDirectoryName(file)) == "Migrations");
}
