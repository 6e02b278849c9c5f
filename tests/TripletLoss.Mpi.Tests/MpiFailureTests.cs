namespace TripletLoss.Mpi.Tests;

/// <summary>What fails on one rank ends all: soon, and not as a success.</summary>
public class MpiFailureTests(ITestOutputHelper output)
{
    private static readonly (string Work, string Message)[] Failures =
    [
        ("throw", "rank 2 of 3 ends all ranks: System.TimeoutException: this rank has failed"),
        ("throw before", "rank 2 of 3 ends all ranks: System.TimeoutException: this rank has failed"),
        ("throw within", "TimeoutException: this rank has failed"),
        ("differ", "the ranks disagree on the loss 'triplet_hard_loss'"),
        ("others", "the ranks disagree on what to do: Loss on ranks 0 and 1; SumOfGradients on rank 2."),
        ("kill", "9"),
        ("crash", "another thread has failed"),
        ("exit", "rank 2 of 3 ends all ranks: its process has ended before its work."),
        ("exit elsewhere", "rank 2 of 3"),
        ("abort", "rank 2 of 3 ends all ranks: no disk is left"),
        ("never", "of 3 has waited in MPI_Init_thread for more than 00:00:03: another rank has not arrived."),
        ("never again", "of 3 has waited in AllGather for more than 00:00:03: another rank has not arrived."),
        ("leave", "has waited in "),
    ];

    public static TheoryData<string, string, string> Cases()
    {
        var data = new TheoryData<string, string, string>();
        foreach (string mpi in new[] { "openmpi", "mpich" })
        {
            foreach (var (work, message) in Failures)
                data.Add(mpi, work, message);
        }
        return data;
    }

    [Theory]
    [MemberData(nameof(Cases))]
    public void A_failure_of_one_rank_ends_all(string mpi, string work, string message)
    {
        var run = MpiRun.Of(mpi, ranks: 3, work);
        output.WriteLine($"{run.Time.TotalSeconds:F1} s, exit code {run.ExitCode}\n{run.Output}");
        run.ExitCode.Should().NotBe(0, run.Output);
        // MPICH's mpirun may lose the last that was written.
        if (mpi != "mpich" || run.Output.Length > 0)
            run.Output.Should().Contain(message);
        run.Output.Should().NotContain("rank 0 of 3 has done it");
    }

    [Theory]
    [InlineData("openmpi")]
    [InlineData("mpich")]
    public void An_exception_after_the_last_exchange_is_no_success(string mpi)
    {
        var run = MpiRun.Of(mpi, ranks: 3, "throw after");
        run.ExitCode.Should().NotBe(0, run.Output);
        run.Output.Should().NotContain("rank 2 of 3 has done it");
    }
}
