// Hosts that share two cores would only measure each other.
[assembly: CollectionBehavior(DisableTestParallelization = true)]
