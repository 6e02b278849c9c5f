using static TorchSharp.torch;

namespace TripletLoss;

/// <summary>Mines with TorchSharp operations only: on any device, for any type and distance.</summary>
internal static class TensorKernel
{
    /// <summary>As <see cref="MiningKernel.Run"/>.</summary>
    public static LossPart Run(MiningRequest request)
    {
        using var scope = NewDisposeScope();
        using var noGradient = no_grad();
        return (FewPositivesPass.TryRun(request) ?? RunCarefully(request)).MoveToOuterDisposeScope();
    }

    /// <summary>The same for any number of positives and any numbers, in float64, from whole rows.</summary>
    /// <param name="request">What is asked.</param>
    /// <param name="visit">Sees every tile, with the derivative [t, N] of its sums by the distances.</param>
    public static LossPart RunCarefully(MiningRequest request, Action<DistanceTile, Tensor>? visit = null)
    {
        using var scope = NewDisposeScope();
        using var noGradient = no_grad();
        var problem = request.Problem;
        var loop = new TileLoop(problem, request.Distance);
        var formula = TileFormula.Of(request.Rule);
        var device = problem.Embeddings.device;
        var sums = zeros(problem.AnchorCount, float64, device);
        var (terms, active) = (zeros(1, float64, device), zeros(1, float64, device));
        loop.ForEach(tile =>
        {
            if (request.Reader is { } reader && formula.Choose(tile) is { } chosen)
                reader.Read(chosen);
            var outcome = formula.Evaluate(tile);
            sums.narrow(0, tile.First, tile.Count).copy_(outcome.Sums);
            terms.add_(outcome.Terms, Numbers.One);
            active.add_(outcome.Active, Numbers.One);
            visit?.Invoke(tile, outcome.Weights);
            if (request.Coefficients is { } coefficients)
                loop.Tiles.AddGradient(tile.First, tile.Distances, outcome.Weights * coefficients.narrow(0, tile.First, tile.Count).unsqueeze(1));
        });
        var (anchors, references) = request.Coefficients is null ? (null, null) : loop.Tiles.Gradient();
        // NaN where an embedding is not finite; without an anchor the counts have to tell.
        foreach (var part in new[] { sums, terms, anchors, references })
            part?.add_(loop.Tiles.NotFinite, Numbers.One);
        return new LossPart(sums, terms.squeeze(0), active.squeeze(0).add(loop.Tiles.NotFinite, Numbers.One), anchors, references).MoveToOuterDisposeScope();
    }
}
