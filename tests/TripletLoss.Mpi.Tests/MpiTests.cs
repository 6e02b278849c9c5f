namespace TripletLoss.Mpi.Tests;

/// <summary>What ranks do together over a real MPI.</summary>
public class MpiTests(ITestOutputHelper output)
{
    [Theory]
    [InlineData("openmpi", 3, "collectives")]
    [InlineData("mpich", 3, "collectives")]
    [InlineData("openmpi", 4, "losses")]
    [InlineData("mpich", 3, "losses")]
    [InlineData("openmpi", 4, "training")]
    [InlineData("mpich", 2, "training")]
    [InlineData("openmpi", 3, "disagreement")]
    [InlineData("mpich", 3, "disagreement")]
    [InlineData("openmpi", 2, "null")]
    [InlineData("mpich", 2, "null")]
    public void Every_rank_does_its_work(string mpi, int ranks, string work)
    {
        var run = MpiRun.Of(mpi, ranks, work);
        output.WriteLine($"{run.Time.TotalSeconds:F1} s");
        run.ExitCode.Should().Be(0, run.Output);
        for (int rank = 0; rank < ranks; rank++)
            run.Output.Should().Contain($"rank {rank} of {ranks} has done it");
    }
}
