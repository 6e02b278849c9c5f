using static TorchSharp.torch;

namespace TripletLoss.Tests;

/// <summary>Ranks that are threads.</summary>
public class ThreadGroupTests
{
    private static readonly long[] Counts = [2, 0, 3];

    [Fact]
    public void Everything_is_gathered_in_rank_order() => ThreadGroup.Run(3, group =>
    {
        using var scope = NewDisposeScope();
        group.Size.Should().Be(3);
        group.AllGather([(byte)group.Rank, 7]).Should().Equal(0, 7, 1, 7, 2, 7);
        TensorNumbers.Of(group.AllGatherRows(tensor((float)group.Rank).to_type(ScalarType.BFloat16).expand(Counts[group.Rank], 2).contiguous(), Counts)).Should().Equal(0, 0, 0, 0, 2, 2, 2, 2, 2, 2);
    });

    [Fact]
    public void Sums_are_of_all_ranks_and_in_place() => ThreadGroup.Run(3, group =>
    {
        using var scope = NewDisposeScope();
        var rows = TensorNumbers.ToTensor([.. Enumerable.Range(0, 5).Select(row => row + 10.0 * group.Rank)], 5, 1);
        double[] sums = [30, 33, 36, 39, 42];
        int first = (int)Counts.Take(group.Rank).Sum();
        TensorNumbers.Of(group.ReduceScatterRows(rows, Counts)).Should().Equal(sums[first..(first + (int)Counts[group.Rank])]);
        group.AllReduce(rows);
        TensorNumbers.Of(rows).Should().Equal(sums);
        var value = tensor(group.Rank);
        group.Broadcast(value, 2);
        value.item<int>().Should().Be(2);
    });

    [Fact]
    public void An_exception_ends_the_ranks_that_wait_and_leaves()
    {
        Exception? other = null;
        var run = () => TimeLimit.Run(2, group =>
        {
            if (group.Rank == 1)
                throw new InvalidTimeZoneException("gone");
            other = Assert.ThrowsAny<Exception>(() => group.AllGather([1]));
        });
        run.Should().Throw<InvalidTimeZoneException>();
        other!.Message.Should().Be("AllGather was not completed: rank 1 failed: gone");
    }

    [Theory]
    [InlineData("within")]
    [InlineData("after")]
    public void An_exception_within_or_after_a_call_is_no_success(string place)
    {
        var run = () => TimeLimit.Run(3, group =>
        {
            var distance = Distance.Create((x, y) => place == "within" && group.Rank == 2 ? throw new InvalidTimeZoneException("gone") : cdist(x, y));
            new TripletHardLoss(distance: distance).Call(SmallBatch.Labels(), SmallBatch.Embeddings(), group);
            if (group.Rank == 2)
                throw new InvalidTimeZoneException("gone");
        });
        run.Should().Throw<Exception>().WithMessage("*gone");
    }

    [Fact]
    public void A_rank_that_ends_early_or_aborts_or_is_at_something_else_is_named()
    {
        Waiting(group => { }).Should().Be("AllGather was not completed: rank 1 has ended.");
        Waiting(group => group.Abort("no disk")).Should().Be("AllGather was not completed: rank 1 aborted: no disk");
        Waiting(group => group.AllReduce(zeros(1))).Should().Be("AllGather was not completed: the ranks are out of step: AllGather on rank 0; AllReduce on rank 1.");
    }

    [Fact]
    public void Sizes_below_one_are_refused() =>
        new Action(() => ThreadGroup.Run(0, _ => { })).Should().Throw<ArgumentOutOfRangeException>().WithMessage("size must be at least 1 rank, got 0.*");

    private static string Waiting(Action<IProcessGroup> other)
    {
        string message = "";
        try
        {
            TimeLimit.Run(2, group =>
            {
                if (group.Rank == 1)
                    other(group);
                else
                    message = Assert.Throws<InvalidOperationException>(() => group.AllGather([1])).Message;
            });
        }
        catch (InvalidOperationException)
        {
        }
        return message;
    }
}
