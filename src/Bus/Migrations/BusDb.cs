using Microsoft.EntityFrameworkCore;

namespace Orders.Bus.Migrations;

/// <summary>Carries the migrations of schema <c>bus</c>; the engine itself speaks SQL.</summary>
internal sealed class BusDb(DbContextOptions<BusDb> options) : DbContext(options);
