using System.Globalization;
using Distributed;
using TripletLoss;

// The same training on many ranks and alone:
//   mpirun -n 4 dotnet run -c Release --no-build --project samples/Distributed     ranks are processes; build it first
//   dotnet run -c Release --project samples/Distributed -- 4                       ranks are threads, without MPI
// Exit status: 0 when the networks are the same to rounding; 1 when they are not.
CultureInfo.CurrentCulture = CultureInfo.InvariantCulture;
int code = 0;
if (MpiGroup.IsLaunched)
    MpiGroup.Run(Train);
else
    ThreadGroup.Run(args is [var ranks] ? int.Parse(ranks) : 4, Train);
return code;

void Train(IProcessGroup group)
{
    using var together = new Training(group);
    together.Run();
    if (group.Rank != 0)
        return;

    // What a single process makes of all samples.
    ThreadGroup.Run(1, one =>
    {
        using var alone = new Training(one);
        alone.Run();
        double difference = together.DifferenceFrom(alone);
        Console.WriteLine($"trained on {group.Size} ranks and alone; largest difference between the networks: {difference:E1}");
        Console.WriteLine($"MAP@R on classes never seen: {alone.Untrained:F3} untrained, {together.Score():F3} on {group.Size} ranks, {alone.Score():F3} alone");
        code = difference < 1e-4 ? 0 : 1;
    });
}
