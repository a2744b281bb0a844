using Microsoft.EntityFrameworkCore;

namespace Orders.Dispatch.Shipments;

/// <summary>The schema <c>dispatch</c>. Shipments are read and written a batch at a time by <see cref="ShipmentTable"/>.</summary>
internal sealed class DispatchDb(DbContextOptions<DispatchDb> options) : DbContext(options);
