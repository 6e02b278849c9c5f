using static TorchSharp.torch;

namespace TripletLoss.Docs.Tests;

/// <summary>The numbers on the page, from the points on the page.</summary>
public class ExplicitTripletsPageTests
{
    private static readonly string Page = Repository.Read("docs", "explicit-triplets.md");

    [Fact]
    public void The_articles_numbers_are_as_written()
    {
        using var scope = NewDisposeScope();
        Tensor anchors = tensor(new float[,] { { 1, 2 }, { 3, 4 } }), positives = tensor(new float[,] { { 1.5f, 2.5f }, { 3.5f, 4.5f } });
        Tensor far = tensor(new float[,] { { 5, 6 }, { 7, 8 } }), near = tensor(new float[,] { { 5, 6 }, { 2.5f, 3.5f } });
        var loss = new ExplicitTripletLoss(margin: 1);
        loss.Call(anchors, positives, far).item<float>().Should().Be(0);
        loss.Call(anchors, positives, near).item<float>().Should().Be(0.5f);
        new ExplicitTripletLoss(margin: 1, reduction: LossReduction.None).Call(anchors, positives, near).data<float>().ToArray().Should().Equal(0, 1);
        TripletFunctions.IsKind(TripletKind.SemiHard, anchors, positives, near).data<bool>().ToArray().Should().Equal(false, false);
        TripletFunctions.IsKind(TripletKind.Hard, anchors, positives, near).data<bool>().ToArray().Should().Equal(false, true);
        foreach (string line in (string[])["loss.Call(anchors, positives, far);", "loss.Call(anchors, positives, near);", "each.Call(anchors, positives, near);"])
            Page.Should().Contain(line);
        Page.Should().Contain("// 0:").And.Contain("// 0.5:").And.Contain("// [0, 1]");
    }
}
