using static TorchSharp.torch;

namespace TripletLoss.Tests;

/// <summary>What differs between ranks, and what fails on one of them: an exception on every rank, and the next call works.</summary>
public class AgreementTests
{
    private const int Ranks = 3;

    private static readonly TripletSemiHardLoss Loss = new(0.5);

    private static readonly Func<IProcessGroup, Tensor> Good = group => Loss.Call(SmallBatch.Labels(), SmallBatch.Points(6, 3, seed: group.Rank), group);

    public static TheoryData<string, string> Disagreements => new()
    {
        { "dim", "the ranks disagree on the dim of the embeddings: 3 on ranks 0 and 2; 4 on rank 1." },
        { "type", "the ranks disagree on the type of the embeddings: Float32 on ranks 0 and 2; Float64 on rank 1." },
        { "weights", "the ranks disagree on weights: none on ranks 0 and 2; some on rank 1." },
        { "margin", "*\"margin\":0.5*on ranks 0 and 2;*\"margin\":0.25*on rank 1." },
        { "distance", "*\"squared-L2\"*on ranks 0 and 2;*\"angular\"*on rank 1." },
        { "reduction", "*\"sum_over_batch_size\"*on ranks 0 and 2;*\"sum\"*on rank 1." },
        { "class", "*TripletSemiHardLoss {*on ranks 0 and 2; TripletHardLoss {*on rank 1." },
        { "operation", "the ranks disagree on what to do: Loss on ranks 0 and 2; SumOfGradients on rank 1." },
        { "report", "the ranks disagree on what to do: Loss on ranks 0 and 2; LossWithReport on rank 1." },
    };

    [Theory]
    [MemberData(nameof(Disagreements))]
    public void Ranks_that_disagree_all_say_so_with_ranks_and_values(string what, string message)
    {
        var failures = Fail(group => group.Rank == 1 ? Odd(what, group) : Good(group));
        foreach (var failure in failures)
            failure.Should().BeOfType<InvalidOperationException>().Which.Message.Should().Match(message);
    }

    [Fact]
    public void Wrong_arguments_are_this_ranks_own_error_and_the_others_are_pointed_to_it() => AssertPointed(
        Fail(group => group.Rank == 2 ? Loss.Call(SmallBatch.Labels(), SmallBatch.Points(5, 3), group) : Good(group)),
        typeof(ArgumentException), "the loss 'triplet_semi_hard_loss' failed on rank 2, not here. Rank 2: ArgumentException: yTrue and yPred must have one row per sample*");

    [Fact]
    public void Null_is_an_argument_error_in_step() => AssertPointed(
        Fail(group => group.Rank == 2 ? Loss.Call(null!, SmallBatch.Points(5, 3), group) : Good(group)), typeof(ArgumentNullException), "*failed on rank 2*yTrue*");

    [Theory]
    [InlineData(null)]
    [InlineData(false)]
    public void An_exception_while_computing_is_too(bool? share)
    {
        var failures = Fail(group =>
        {
            var distance = Distance.Create((x, y) => group.Rank == 2 ? throw new TimeoutException("too late") : cdist(x, y));
            return new GlobalBatch(new TripletHardLoss(distance: distance), new(SmallBatch.Labels(), SmallBatch.Embeddings()), group).Evaluate(share: share);
        });
        AssertPointed(failures, typeof(TimeoutException), "the loss 'triplet_hard_loss' failed on rank 2, not here. Rank 2: TimeoutException: too late");
    }

    [Fact]
    public void A_loss_without_a_reduction_is_refused_on_every_rank() =>
        Fail(group => new TripletHardLoss(reduction: LossReduction.None).Call(SmallBatch.Labels(), SmallBatch.Embeddings(), group))
            .Should().AllSatisfy(failure => failure.Should().BeOfType<InvalidOperationException>().Which.Message.Should().Contain("None"));

    [Fact]
    public void Other_parameters_are_a_disagreement() =>
        Fail(group =>
            {
                group.SumGradients([zeros(group.Rank == 1 ? 3 : 2).requires_grad_()]);
                return Good(group);
            })
            .Should().AllSatisfy(failure => failure.Message.Should().Be(
                "the ranks disagree on SumGradients: 1 parameters: Float32 [2] on ranks 0 and 2; 1 parameters: Float32 [3] on rank 1."));

    private static Tensor Odd(string what, IProcessGroup group)
    {
        var (labels, points) = (SmallBatch.Labels(), SmallBatch.Embeddings());
        switch (what)
        {
            case "dim": return Loss.Call(labels, SmallBatch.Points(6, 4), group);
            case "type": return Loss.Call(labels, SmallBatch.Embeddings(ScalarType.Float64), group);
            case "weights": return Loss.Call(labels, points, group, ones(6));
            case "margin": return new TripletSemiHardLoss(0.25).Call(labels, points, group);
            case "distance": return new TripletSemiHardLoss(0.5, Distance.Cosine).Call(labels, points, group);
            case "reduction": return new TripletSemiHardLoss(0.5, reduction: LossReduction.Sum).Call(labels, points, group);
            case "class": return new TripletHardLoss(0.5).Call(labels, points, group);
            case "report": return Loss.Call(labels, points, group, out _);
            default:
                group.SumGradients([]);
                return points;
        }
    }

    /// <summary>Every rank's exception; after it the ranks are in step.</summary>
    private static Exception[] Fail(Func<IProcessGroup, Tensor> body)
    {
        var failures = new Exception[Ranks];
        TimeLimit.Run(Ranks, group =>
        {
            using var scope = NewDisposeScope();
            failures[group.Rank] = Assert.ThrowsAny<Exception>(() => body(group));
            Good(group).item<float>().Should().BeGreaterThan(0);
        });
        return failures;
    }

    private static void AssertPointed(Exception[] failures, Type own, string message)
    {
        failures[2].Should().BeOfType(own);
        foreach (var failure in failures.Take(2))
            failure.Should().BeOfType<InvalidOperationException>().Which.Message.Should().Match(message);
    }
}
