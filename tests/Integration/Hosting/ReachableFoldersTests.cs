using Orders.Hosting.Postgres;

namespace Orders.Tests.Integration.Hosting;

public sealed class ReachableFoldersTests : IDisposable
{
    private readonly string temp = Directory.CreateTempSubdirectory("orders-reachable-").FullName;
    private readonly StringWriter said = new();
    private readonly Clock clock = new();
    private readonly ReachableFolders folders;
    private readonly string root;
    private readonly string database;

    public ReachableFoldersTests()
    {
        folders = new(clock, Path.Combine(temp, "home"));
        root = Directory.CreateDirectory(Path.Combine(temp, ".data")).FullName;
        database = folders.Make(root);
        File.CreateSymbolicLink(Path.Combine(root, "pg"), database);
    }

    [Fact]
    public void A_database_whose_data_folder_is_there_is_left_alone()
    {
        Sweep(weeks: 2);

        Assert.True(Directory.Exists(database));
        Assert.Empty(said.ToString());
    }

    [Fact]
    public void A_database_whose_data_folder_was_deleted_is_announced_and_goes_after_a_week()
    {
        Directory.Delete(root, recursive: true);

        Sweep(weeks: 0);
        Assert.True(Directory.Exists(database));
        Assert.Contains("was deleted or moved", said.ToString(), StringComparison.Ordinal);

        Sweep(weeks: 1);
        Assert.False(Directory.Exists(Path.GetDirectoryName(database)));
    }

    [Fact]
    public void A_new_database_in_the_old_ones_place_does_not_keep_the_old_one()
    {
        File.Delete(Path.Combine(root, "pg"));
        var newer = folders.Make(root);
        File.CreateSymbolicLink(Path.Combine(root, "pg"), newer);

        Sweep(weeks: 0);
        Sweep(weeks: 1);

        Assert.False(Directory.Exists(database));
        Assert.True(Directory.Exists(newer));
    }

    [Fact]
    public void A_data_folder_that_was_moved_claims_its_database_when_a_host_starts_on_it()
    {
        var moved = Path.Combine(temp, "moved");
        Directory.Move(root, moved);
        Sweep(weeks: 0);

        ReachableFolders.Claim(moved, database);

        Sweep(weeks: 2);
        Assert.True(Directory.Exists(database));
    }

    [Fact]
    public void A_database_with_a_server_on_it_is_not_touched()
    {
        Directory.Delete(root, recursive: true);
        File.WriteAllLines(Path.Combine(database, "postmaster.pid"), ["1", database, "0", "5432"]);

        Sweep(weeks: 0);
        Sweep(weeks: 2);

        Assert.True(Directory.Exists(database));
    }

    public void Dispose()
    {
        said.Dispose();
        Directory.Delete(temp, recursive: true);
    }

    private void Sweep(int weeks)
    {
        clock.Now += TimeSpan.FromDays(7 * weeks);
        folders.Sweep(said);
    }

    private sealed class Clock : TimeProvider
    {
        public DateTimeOffset Now { get; set; } = new(2026, 1, 1, 0, 0, 0, TimeSpan.Zero);

        public override DateTimeOffset GetUtcNow() => Now;
    }
}
