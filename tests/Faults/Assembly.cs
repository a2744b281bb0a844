using Orders.Tests.Faults.Running;
using Orders.Tests.Support;

// Runs that share two cores would measure each other.
[assembly: CollectionBehavior(DisableTestParallelization = true)]
[assembly: AssemblyFixture(typeof(PostgresServer))]
[assembly: AssemblyFixture(typeof(Tally))]
