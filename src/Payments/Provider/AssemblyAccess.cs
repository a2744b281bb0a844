using System.Runtime.CompilerServices;

// RestEase generates the client in an assembly of its own.
[assembly: InternalsVisibleTo(RestEase.RestClient.FactoryAssemblyName)]
