using static TorchSharp.torch;

namespace TripletLoss.Tests;

/// <summary>Triplets that are there already, against plain loops and numbers made by hand.</summary>
public class ExplicitTripletLossTests
{
    private static readonly float[,] Anchors = { { 1, 2 }, { 3, 4 } };
    private static readonly float[,] Positives = { { 1.5f, 2.5f }, { 3.5f, 4.5f } };
    private static readonly long[,] Rows = { { 0, 1, 2 }, { 3, 4, 5 }, { 1, 0, 4 }, { 2, 2, 3 } };

    public static TheoryData<string, bool, bool> Settings()
    {
        var data = new TheoryData<string, bool, bool>();
        foreach (var distance in OracleDistance.Catalogue)
        {
            foreach (var swap in new[] { false, true })
            {
                data.Add(distance.Name, swap, false);
                data.Add(distance.Name, swap, true);
            }
        }
        return data;
    }

    [Fact]
    public void TheArticlesExamples()
    {
        using var scope = NewDisposeScope();
        var loss = new ExplicitTripletLoss(margin: 1);
        TensorNumbers.Of(loss.Call(tensor(Anchors), tensor(Positives), tensor(new float[,] { { 5, 6 }, { 7, 8 } }))).Should().Equal(0);
        // The second negative is exactly as near as the positive: 0.5 − 0.5 + 1.
        TensorNumbers.Of(loss.Call(tensor(Anchors), tensor(Positives), tensor(new float[,] { { 5, 6 }, { 2.5f, 3.5f } }))).Should().Equal(0.5);
    }

    [Theory]
    [MemberData(nameof(Settings))]
    public void EqualsPlainLoops(string distance, bool swap, bool soft)
    {
        using var scope = NewDisposeScope();
        var points = SmallBatch.Embeddings(ScalarType.Float64);
        double[][] x = OracleBatch.Rows(TensorNumbers.Of(points), 6, 3);
        double[] weights = [0.5, 2, 0, 1];
        double[] expected = [.. Enumerable.Range(0, 4).Select(t => weights[t] * Hinge(distance, x[Rows[t, 0]], x[Rows[t, 1]], x[Rows[t, 2]], swap, soft))];
        foreach (var reduction in Enum.GetValues<LossReduction>())
        {
            var loss = new ExplicitTripletLoss(0.7, DistancesUnderTest.Of(DistancesUnderTest.Named(distance)), swap, soft, reduction);
            double[] reduced = reduction switch
            {
                LossReduction.None => expected,
                LossReduction.Sum => [expected.Sum()],
                LossReduction.SumOverBatchSize => [expected.Average()],
                _ => [expected.Sum() / weights.Sum()],
            };
            var byRows = loss.Call(tensor(Rows), points, tensor(weights));
            Near(TensorNumbers.Of(byRows), reduced);
            var rows = tensor(Rows);
            Tensor Of(long column) => points.index_select(0, rows.select(1, column));
            Near(TensorNumbers.Of(loss.Call(Of(0), Of(1), Of(2), tensor(weights))), reduced);
        }
    }

    [Theory]
    [MemberData(nameof(Settings))]
    public void TheGradientEqualsCentralDifferences(string distance, bool swap, bool soft)
    {
        using var scope = NewDisposeScope();
        var points = SmallBatch.Embeddings(ScalarType.Float64);
        var loss = new ExplicitTripletLoss(0.7, DistancesUnderTest.Of(DistancesUnderTest.Named(distance)), swap, soft);
        loss.Call(tensor(Rows), points).backward();
        double[] gradient = TensorNumbers.GradientOf(points), values = TensorNumbers.Of(points);
        for (int i = 0; i < values.Length; i++)
            gradient[i].Should().BeApproximately((At(i, 1e-6) - At(i, -1e-6)) / 2e-6, 1e-6);

        double At(int entry, double step)
        {
            double[] moved = [.. values];
            moved[entry] += step;
            return TensorNumbers.Of(loss.Call(tensor(Rows), TensorNumbers.ToTensor(moved, 6, 3)))[0];
        }
    }

    [Fact]
    public void OverNoTripletsItIsZeroWithAGraph()
    {
        using var scope = NewDisposeScope();
        var points = SmallBatch.Embeddings();
        var value = new ExplicitTripletLoss().Call(zeros([0, 3], int64), points);
        value.backward();
        TensorNumbers.Of(value).Should().Equal(0);
        TensorNumbers.GradientOf(points).Should().OnlyContain(entry => entry == 0);
        TensorNumbers.Of(new ExplicitTripletLoss().Call(zeros(0, 2), zeros(0, 2), zeros(0, 2))).Should().Equal(0);
    }

    [Fact]
    public void APointThatIsNotFiniteMakesItNaN()
    {
        using var scope = NewDisposeScope();
        var far = tensor(new[,] { { float.PositiveInfinity, 0 }, { 7, 8 } });
        TensorNumbers.Of(new ExplicitTripletLoss().Call(tensor(Anchors), tensor(Positives), far)).Should().Equal(double.NaN);
    }

    [Fact]
    public void ItIsDifferentiableTwice()
    {
        using var scope = NewDisposeScope();
        var weight = ones(1, ScalarType.Float64).requires_grad_();
        var points = tensor(new[,] { { 0.0 }, { 2 }, { 3 } }) * weight * weight;
        // L = w⁴ (4 − 9) + 100, so L'' = −60 at w = 1.
        var value = new ExplicitTripletLoss(margin: 100).Call(tensor(new long[,] { { 0, 1, 2 } }), points);
        var first = autograd.grad([value], [weight], retain_graph: true, create_graph: true)[0];
        first.sum().backward();
        TensorNumbers.Of(first).Should().Equal(-20);
        TensorNumbers.GradientOf(weight).Should().Equal(-60);
    }

    [Fact]
    public void WrongArgumentsAreNamed()
    {
        using var scope = NewDisposeScope();
        var (loss, points) = (new ExplicitTripletLoss(), SmallBatch.Embeddings());
        Refused(() => loss.Call(points, tensor(Rows)), "yPred must be float embeddings [batch, dim], got Int64 [4, 3]. Did you swap yTrue and yPred?*");
        Refused(() => loss.Call(zeros(4, int64), points), "yTrue must be triplets [count, 3]: the rows of anchor, positive and negative in yPred, got Int64 [4].*");
        Refused(() => loss.Call(tensor(new long[,] { { 0, 1, 6 } }), points), "yTrue must be rows of 6 embeddings, 0 to 5, got 0 to 6.*");
        Refused(() => loss.Call(tensor(Rows), points, ones(3)), "sampleWeight must be a scalar, [4] or [4, 1]: one weight per triplet, got Float32 [3].*");
        Refused(() => loss.Call(points, points, zeros(6, 2)), "negative must be Float32 [6, 3] like anchor, got Float32 [6, 2].*");
        Refused(() => loss.Call(tensor(Rows), points, new ReferenceSet(zeros(2, int64), zeros(2, 3))), "explicit triplets take no references*");

        static void Refused(Action call, string message) => call.Should().Throw<ArgumentException>().WithMessage(message);
    }

    [Fact]
    public void ItIsAKerasLossLikeTheOthers()
    {
        using var scope = NewDisposeScope();
        var loss = new ExplicitTripletLoss(0.25, Distance.Euclidean, swap: true, soft: true, LossReduction.Sum, "mine");
        var same = Losses.Deserialize(Losses.Serialize(loss));
        same.GetConfig().Should().Equal(loss.GetConfig());
        var points = SmallBatch.Embeddings();
        TensorNumbers.Of(same.Call(tensor(Rows), points)).Should().Equal(TensorNumbers.Of(loss.Call(tensor(Rows), points)));
        TensorNumbers.Of(loss.AsModule().call(points, tensor(Rows))).Should().Equal(TensorNumbers.Of(loss.Call(tensor(Rows), points)));
        loss.AsModule().reduction.Should().Be(nn.Reduction.Sum);
    }

    [Fact]
    public void AReportCountsTheTriplets()
    {
        using var scope = NewDisposeScope();
        var report = new ExplicitTripletLoss(margin: 1).Inspect(tensor(new long[,] { { 0, 1, 2 }, { 0, 1, 3 } }), tensor(new float[,] { { 0 }, { 1 }, { 5 }, { 1 } }));
        (report.Unit, report.Terms, report.ActiveTerms, report.Loss).Should().Be((TripletReportUnit.Triplets, 2L, 1L, 0.5));
        report.NegativeDistances!.Maximum.Should().Be(25);
    }

    private static double Hinge(string distance, double[] anchor, double[] positive, double[] negative, bool swap, bool soft)
    {
        var oracle = DistancesUnderTest.Named(distance);
        double near = oracle.Between(anchor, positive), far = oracle.Between(anchor, negative);
        if (swap)
            far = Math.Min(far, oracle.Between(positive, negative));
        return soft ? Math.Log(1 + Math.Exp(near - far)) : Math.Max(near - far + 0.7, 0);
    }

    private static void Near(double[] found, double[] expected)
    {
        found.Should().HaveSameCount(expected);
        for (int i = 0; i < found.Length; i++)
            found[i].Should().BeApproximately(expected[i], 1e-12);
    }
}
