using System.Text.Json;
using Microsoft.EntityFrameworkCore;
using Microsoft.EntityFrameworkCore.ChangeTracking;

namespace Orders.Dispatch.Shipments;

/// <summary>The schema <c>dispatch</c>.</summary>
internal sealed class DispatchDb(DbContextOptions<DispatchDb> options) : DbContext(options)
{
    public DbSet<Shipment> Shipments => Set<Shipment>();

    protected override void OnModelCreating(ModelBuilder modelBuilder)
    {
        var shipment = modelBuilder.Entity<Shipment>();
        shipment.ToTable("shipment", "dispatch");
        shipment.HasKey(s => s.OrderId);
        shipment.Ignore(s => s.Progress);
        shipment.Property(s => s.OrderId).HasColumnName("order_id");
        shipment.Property(s => s.State).HasColumnName("state").HasConversion(
            state => ShipmentStateName.Of(state), name => ShipmentStateName.Parse(name));
        shipment.Property(s => s.Prime).HasColumnName("prime");
        shipment.Property(s => s.PromisedBy).HasColumnName("promised_by");
        shipment.Property(s => s.Carrier).HasColumnName("carrier");
        shipment.Property(s => s.Round).HasColumnName("round");
        shipment.Property(s => s.TrackingNumber).HasColumnName("tracking_number");
        shipment.Property(s => s.StopRequested).HasColumnName("stop_requested");
        shipment.Property(s => s.BookingUnknown).HasColumnName("booking_unknown");

        // Lines and address never change once written, so comparing references is enough.
        shipment.Property(s => s.Lines).HasColumnName("lines").HasColumnType("jsonb").HasConversion(
            lines => JsonSerializer.Serialize(lines, DispatchJson.Default.IReadOnlyListPackedLine),
            json => JsonSerializer.Deserialize(json, DispatchJson.Default.IReadOnlyListPackedLine)!,
            new ValueComparer<IReadOnlyList<Contracts.PackedLine>>((a, b) => ReferenceEquals(a, b), lines => lines.Count, lines => lines));
        shipment.Property(s => s.ShipTo).HasColumnName("ship_to").HasColumnType("jsonb").HasConversion(
            address => JsonSerializer.Serialize(address!, DispatchJson.Default.Address),
            json => JsonSerializer.Deserialize(json, DispatchJson.Default.Address));
    }
}
