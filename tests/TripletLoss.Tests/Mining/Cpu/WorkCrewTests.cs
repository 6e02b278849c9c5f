using TorchSharp;

namespace TripletLoss.Tests;

public class WorkCrewTests
{
    [Theory]
    [InlineData(1, true)]
    [InlineData(2, true)]
    [InlineData(5, true)]
    [InlineData(2, false)]
    [InlineData(5, false)]
    public void Runs_every_chunk_of_every_phase_once(int threads, bool usesOpenMp)
    {
        LoadOpenMp();
        using WorkCrew crew = new(threads, usesOpenMp);
        for (int phase = 0; phase < 300; phase++)
        {
            int[] runs = new int[phase % 40];
            crew.Run(runs.Length, (worker, chunk) =>
            {
                worker.Should().BeInRange(0, crew.MaximumWorkers - 1);
                Interlocked.Increment(ref runs[chunk]);
            });
            runs.Should().Equal(Enumerable.Repeat(1, phase % 40));
        }
    }

    [Theory]
    [InlineData(true)]
    [InlineData(false)]
    public void Nobody_waits_for_the_turn_of_a_chunk_that_failed(bool usesOpenMp)
    {
        LoadOpenMp();
        using WorkCrew crew = new(2, usesOpenMp);
        Turns turns = new(1);
        var run = () => crew.Run(
            20,
            (_, chunk) =>
            {
                if (chunk == 0)
                    throw new NotSupportedException();
                turns.Await(0, chunk);
                turns.Pass(0);
            },
            turns);
        run.Should().Throw<InvalidOperationException>().WithInnerException<NotSupportedException>();
    }

    [Theory]
    [InlineData(true)]
    [InlineData(false)]
    public void No_two_chunks_have_one_worker_at_a_time(bool usesOpenMp)
    {
        LoadOpenMp();
        using WorkCrew crew = new(4, usesOpenMp);
        int[] busy = new int[crew.MaximumWorkers];
        int clashes = 0;
        for (int phase = 0; phase < 100; phase++)
        {
            crew.Run(50, (worker, _) =>
            {
                if (Interlocked.Exchange(ref busy[worker], 1) != 0)
                    Interlocked.Increment(ref clashes);
                Thread.SpinWait(200);
                Volatile.Write(ref busy[worker], 0);
            });
        }

        clashes.Should().Be(0);
    }

    [Theory]
    [InlineData(true)]
    [InlineData(false)]
    public void Tells_what_failed_on_any_thread(bool usesOpenMp)
    {
        LoadOpenMp();
        using WorkCrew crew = new(3, usesOpenMp);
        Action failing = () => crew.Run(64, (_, chunk) =>
        {
            if (chunk % 7 == 3)
                throw new ArithmeticException("one chunk failed");
        });
        failing.Should().Throw<InvalidOperationException>().WithInnerException<ArithmeticException>().WithMessage("one chunk failed");
    }

    // libtorch brings it, once something of its is used.
    private static void LoadOpenMp()
    {
        using var tensor = torch.zeros(1);
    }
}
