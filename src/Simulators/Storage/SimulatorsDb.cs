using Microsoft.EntityFrameworkCore;

namespace Orders.Simulators.Storage;

/// <summary>Carries the migrations of schema <c>sim</c>. The simulators write by <see cref="CoalescingWriter{TRow}"/>, not by entities.</summary>
internal sealed class SimulatorsDb(DbContextOptions<SimulatorsDb> options) : DbContext(options);
