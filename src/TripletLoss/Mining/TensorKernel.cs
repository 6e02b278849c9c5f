using static TorchSharp.torch;

namespace TripletLoss;

/// <summary>Mines with TorchSharp operations only: on any device, for any type and distance. It computes in float64.</summary>
internal static class TensorKernel
{
    /// <summary>The losses, and the gradient of Σ coefficients · losses.</summary>
    /// <param name="problem">The batch.</param>
    /// <param name="formula">The loss.</param>
    /// <param name="distance">The distance.</param>
    /// <param name="coefficients">[A], float64: the derivative of the reduced loss by each anchor's; null: no gradient.</param>
    /// <param name="observer">Who looks on at every tile; null: nobody.</param>
    public static MinedLosses Reduced(MiningProblem problem, MiningFormula formula, Distance distance, Tensor? coefficients, BatchObserver? observer = null)
    {
        using var scope = NewDisposeScope();
        using var noGradient = no_grad();
        var loop = new TileLoop(problem, distance);
        var (values, divisor) = Zeros(problem);
        loop.ForEach(tile =>
        {
            var outcome = Collect(formula, tile, values, divisor, observer);
            if (coefficients is not null)
            {
                var weights = outcome.Weights * coefficients.narrow(0, tile.First, tile.Count).unsqueeze(1);
                loop.Tiles.AddGradient(tile.First, tile.Distances, weights);
            }
        });
        var scale = Scale(problem, divisor, loop);
        var losses = values * scale;
        if (coefficients is null)
            return new MinedLosses(losses.MoveToOuterDisposeScope());
        var (anchors, references) = loop.Tiles.Gradient(scale);
        anchors.add_(loop.Tiles.NotFinite);
        references?.add_(loop.Tiles.NotFinite);
        return new MinedLosses(
            losses.MoveToOuterDisposeScope(), anchors.MoveToOuterDisposeScope(), references?.MoveToOuterDisposeScope());
    }

    /// <summary>
    /// The losses, with each anchor's own gradient. It gathers the pairs that have a part in it, so its memory grows with their
    /// number.
    /// </summary>
    public static MinedLosses PerAnchor(MiningProblem problem, MiningFormula formula, Distance distance, BatchObserver? observer = null)
    {
        using var scope = NewDisposeScope();
        using var noGradient = no_grad();
        var loop = new TileLoop(problem, distance);
        var (values, divisor) = Zeros(problem);
        var pairs = new ChosenPairs(problem, distance);
        loop.ForEach(tile => pairs.Add(tile, Collect(formula, tile, values, divisor, observer).Weights));
        var scale = Scale(problem, divisor, loop);
        // Times the scale inside the graph: a NaN there spreads to the gradient.
        return new MinedLosses(
            Values: (values * scale).MoveToOuterDisposeScope(), PerAnchor: pairs.WeightedSums(scale).MoveToOuterDisposeScope());
    }

    private static (Tensor Values, Tensor Divisor) Zeros(MiningProblem problem)
    {
        var device = problem.Embeddings.device;
        return (zeros(problem.AnchorCount, float64, device), zeros(1, float64, device));
    }

    private static TileOutcome Collect(MiningFormula formula, DistanceTile tile, Tensor values, Tensor divisor, BatchObserver? observer)
    {
        observer?.Observe(formula.Observe(tile));
        var outcome = formula.Evaluate(tile);
        values.narrow(0, tile.First, tile.Count).copy_(outcome.Sums);
        divisor.add_(outcome.Count);
        return outcome;
    }

    // A / divisor, 0 where there is nothing to divide, NaN where an embedding is not finite.
    private static Tensor Scale(MiningProblem problem, Tensor divisor, TileLoop loop) =>
        (problem.AnchorCount / divisor.clamp_min(1)).masked_fill(divisor.eq(0), 0) + loop.Tiles.NotFinite;
}
