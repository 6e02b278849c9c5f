using static TorchSharp.torch;

namespace TripletLoss.Tests;

public class ReferenceArgumentTests
{
    [Fact]
    public void ReferencesAreCheckedLikeTheBatch()
    {
        Refused(new(zeros(3), zeros(3, 2)), "references.Labels must be integer labels [batch] or [batch, 1], got Float32 [3].");
        Refused(new(zeros(3, int64), zeros(3, int64)), "references.Embeddings must be float embeddings [batch, dim], got Int64 [3].");
        Refused(new(zeros(4, int64), zeros(3, 2)), "references.Labels and references.Embeddings must have one row per sample, got 4 labels and 3 embeddings.");
    }

    [Fact]
    public void ReferencesOfAnotherDimensionAreRefused() => Refused(
        new(zeros(3, int64), zeros(3, 5)), "references.Embeddings must have the dim of yPred, 2, got Float32 [3, 5].");

    [Fact]
    public void OwnCopiesAreOneIntegerAnAnchor()
    {
        const string Message = "references.SelfIndices must be integers [4], one per anchor, got ";
        Refused(References(zeros(3, int64)), Message + "Int64 [3].");
        Refused(References(zeros(4)), Message + "Float32 [4].");
        Refused(References(zeros(4, 1, int64)), Message + "Int64 [4, 1].");
    }

    [Fact]
    public void OwnCopiesStandAmongTheReferences()
    {
        const string Message = "references.SelfIndices must be −1 or the index of one of 3 references, got ";
        Refused(References(tensor(new long[] { 0, 1, 2, 3 })), Message + "0 to 3.");
        Refused(References(tensor(new long[] { -2, 1, 2, 0 })), Message + "-2 to 2.");
    }

    [Fact]
    public void AnOwnCopyHasItsAnchorsLabel() => Refused(
        new(tensor(new long[] { 0, 0, 1 }), zeros(3, 2), tensor(new long[] { 0, 1, 2, -1 })),
        "references.SelfIndices must point at copies, but anchor 2 has label 0 and reference 2 has label 1.");

    private static ReferenceSet References(Tensor ownCopies) => new(zeros(3, int64), zeros(3, 2), ownCopies);

    private static void Refused(ReferenceSet references, string message)
    {
        using var scope = NewDisposeScope();
        FluentActions.Invoking(() => new TripletHardLoss().Call(zeros(4, int64), zeros(4, 2), references))
            .Should().Throw<ArgumentException>().Which.Message.Should().StartWith(message);
    }
}
