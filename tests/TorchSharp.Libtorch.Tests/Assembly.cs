// Seeds, threads and default types are those of the whole process.
[assembly: CollectionBehavior(DisableTestParallelization = true)]
