using Orders.Tests.Support;

[assembly: AssemblyFixture(typeof(PostgresServer))]
