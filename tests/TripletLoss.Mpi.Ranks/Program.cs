using TripletLoss;
using TripletLoss.Ranks;

// usage: mpirun -n N TripletLoss.Mpi.Ranks WORK, or without mpirun TripletLoss.Mpi.Ranks measured|computed: the tables of docs/distributed.md
// Every rank that has done its work says so; whatever else happens must not end with 0.
switch (args)
{
    case ["measured"]:
        return MeasuredTable.Print();
    case ["computed"]:
        return ComputedTable.Print();
}
if (args is not [var name] || !Works.ByName.TryGetValue(name, out var work))
{
    Console.Error.WriteLine($"usage: TripletLoss.Mpi.Ranks measured|computed|{string.Join('|', Works.ByName.Keys)}");
    return 2;
}

if (name == "never" && (Environment.GetEnvironmentVariable("OMPI_COMM_WORLD_RANK") ?? Environment.GetEnvironmentVariable("PMI_RANK")) == "2")
    Thread.Sleep(Timeout.Infinite);
MpiGroup.Run(
    group =>
    {
        work(group);
        Console.WriteLine($"rank {group.Rank} of {group.Size} has done it");
    },
    patience: TimeSpan.FromSeconds(name is "never" or "never again" or "leave" ? 3 : 60));
return 0;
