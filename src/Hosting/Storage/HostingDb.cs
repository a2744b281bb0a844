using Microsoft.EntityFrameworkCore;

namespace Orders.Hosting.Storage;

/// <summary>The schema <c>hosting</c>: what processes on one database share. Read and written with SQL.</summary>
internal sealed class HostingDb(DbContextOptions<HostingDb> options) : DbContext(options);
