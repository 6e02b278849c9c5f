using TorchSharp;
using static TorchSharp.torch;

namespace TripletLoss;

/// <summary>
/// Mines a batch whose anchors have few positives each, in the type of the embeddings: every positive goes through its anchor's row by itself, and nothing is sorted or weighed that has the row's length.
/// </summary>
/// <remarks>The device is waited for twice: for the sizes of the classes, and at the end for the anchors that are left to the careful kernel.</remarks>
internal sealed class FewPositivesPass
{
    // With more, sorting each row once is faster.
    private const double MostPositives = 24;

    private readonly MiningRequest _request;
    private readonly MiningProblem _problem;
    private readonly ComparedPoints _points;
    private readonly ClassTables _classes;
    private readonly (long Own, long Positives) _widths;
    private readonly bool _areAllDistinct;
    private readonly Tensor _infinity;
    private readonly Tensor _sums;
    private readonly Tensor _terms;
    private readonly Tensor _active;
    private readonly Tensor _isCareful;
    private readonly (Tensor Anchors, Tensor? References)? _gradients;

    private FewPositivesPass(MiningRequest request, ComparedPoints points, ClassTables classes, (long Own, long Positives) widths, bool areAllDistinct)
    {
        (_request, _problem, _points, _classes, _widths, _areAllDistinct) = (request, request.Problem, points, classes, widths, areAllDistinct);
        var device = _problem.Embeddings.device;
        _infinity = zeros([1, 1], _problem.Embeddings.dtype, device).add(Numbers.Infinity, Numbers.One);
        _sums = zeros(_problem.AnchorCount, float64, device);
        (_terms, _active) = (zeros(1, float64, device), zeros(1, float64, device));
        _isCareful = zeros(_problem.AnchorCount, ScalarType.Bool, device);
        _gradients = request.Coefficients is null ? null : points.NewGradients(_problem);
    }

    /// <summary>As <see cref="MiningKernel.Run"/>, in the caller's dispose scope; null where there are many positives, or something is not finite or beyond the range of squares.</summary>
    public static LossPart? TryRun(MiningRequest request)
    {
        var problem = request.Problem;
        if (request.Distance.CustomMatrix is not null || problem.AnchorCount == 0 || problem.ReferenceCount == 0 || IsRounded(problem.Embeddings))
            return null;
        var (points, classes) = (new ComparedPoints(problem, request.Distance), new ClassTables(problem));
        var facts = stack([classes.Counts.max().to_type(float64), classes.PositiveCounts.max().to_type(float64), points.AreAllDistinct.to_type(float64), points.LargestNorm.to_type(float64)])
            .cpu().data<double>().ToArray();
        var (least, most) = problem.Embeddings.dtype == float64 ? (1e-200, 1e300) : (1e-20, 1e30);
        if (facts[1] > MostPositives || !(facts[3] >= least && facts[3] <= most))
            return null;
        var pass = new FewPositivesPass(request, points, classes, ((long)facts[0], Math.Max((long)facts[1], 1)), facts[2] == 1);
        pass.Run();
        return pass.Part();
    }

    // TF32 keeps three digits of a product.
    private static bool IsRounded(Tensor points) => points.device_type == DeviceType.CUDA && points.dtype == float32 && backends.cuda.matmul.allow_tf32;

    private void Run()
    {
        var rows = TileRows();
        for (long first = 0; first < _problem.AnchorCount; first += rows)
        {
            using var scope = NewDisposeScope();
            var tile = TileAt(first, Math.Min(rows, _problem.AnchorCount - first));
            _isCareful.narrow(0, first, tile.Count).copy_(tile.IsCareful.squeeze(1));
            if (_request.Rule is BatchAllRule all)
                AddAllTriplets(tile, all);
            else
                AddChosenTriplets(tile);
        }
    }

    // What a tile and all that is made of it may take: its scores, and for each positive a comparison, what it leaves of them, and a few vectors.
    private long TileRows()
    {
        long size = _problem.Embeddings.dtype == float64 ? sizeof(double) : sizeof(float);
        long tileBytes = _problem.Embeddings.device_type == DeviceType.CPU ? 32L << 20 : 256L << 20;
        long bytes = ((_problem.ReferenceCount + 1) * ((3 * size) + (_widths.Positives * (2 * size)))) + (_widths.Positives * _problem.Embeddings.size(1) * 6 * sizeof(double));
        return Math.Clamp(tileBytes / bytes, 1, _problem.AnchorCount);
    }

    private SlotTile TileAt(long first, long count)
    {
        var own = _classes.Own(first, count, _widths.Own);
        var positives = _classes.Positives(first, count, _widths.Positives);
        using var none = _problem.ReferenceCount.ToScalar();
        var scores = _points.Scores(first, count, _areAllDistinct);
        var thresholds = scores.gather(1, positives);
        var infinity = _infinity.expand(own.shape);
        var (_, farthest) = _request.Rule is SemiHardRule ? scores.scatter_(1, own, -infinity).max(1, keepdim: true) : (thresholds, positives);
        scores.scatter_(1, own, infinity);
        return new SlotTile(
            first, scores, positives, positives.lt(none), thresholds, farthest, _classes.Counts.narrow(0, first, count).unsqueeze(1).lt(none),
            _points.IsTooNear(scores.amin([1], keepdim: true), first, count, enterTheValue: _request.Rule is BatchAllRule));
    }

    private void AddChosenTriplets(SlotTile tile)
    {
        using var margin = _request.Rule.Margin.ToScalar();
        var (differences, distances) = _points.Between(tile.First, tile.Positives);
        var chosen = _request.Rule is HardRule ? ChosenSlots.Hard(tile, distances) : ChosenSlots.SemiHard(tile);
        if (_request.Rule is HardRule)
            (differences, distances) = _points.Between(tile.First, chosen.Positives);
        distances = distances.masked_fill(~chosen.HasPositive, Numbers.Zero);
        var (negativeDifferences, negativeDistances) = _points.Between(tile.First, chosen.Negatives);
        var isTerm = chosen.IsTerm & ~tile.IsCareful;
        Report(tile, chosen, isTerm, distances, negativeDistances);

        var isCounted = isTerm & tile.HasNegative;
        var difference = distances - negativeDistances;
        var (losses, slopes) = _request.Rule is HardRule { Soft: true } ? HingeValues.Softplus(difference) : HingeValues.Hinge(difference.add(margin, Numbers.One));
        losses = losses.masked_fill(~isCounted, Numbers.Zero);
        _sums.narrow(0, tile.First, tile.Count).copy_(losses.sum(1));
        _terms.add_(isTerm.sum(float64), Numbers.One);
        _active.add_(losses.gt(Numbers.Zero).sum(float64), Numbers.One);
        if (_gradients is null)
            return;
        var weights = slopes.masked_fill(~isCounted, Numbers.Zero) * Coefficients(tile);
        AddGradient(tile, chosen.Positives, differences, _points.Slopes(weights.masked_fill(~chosen.HasPositive, Numbers.Zero), distances));
        AddGradient(tile, chosen.Negatives, negativeDifferences, _points.Slopes(-weights, negativeDistances));
    }

    private void AddAllTriplets(SlotTile tile, BatchAllRule rule)
    {
        using var margin = rule.Margin.ToScalar();
        var (differences, distances) = _points.Between(tile.First, tile.Positives);
        var isCounted = tile.IsPositive & ~tile.IsCareful;
        var all = _points.Scaled(tile.Scores.add(_points.AnchorNorms(tile.First, tile.Count), Numbers.One).clamp_min_(Numbers.Zero));
        var reach = distances.add(margin, Numbers.One).masked_fill(~isCounted, Numbers.NegativeInfinity).to_type(all.dtype);
        var hinges = (reach.unsqueeze(2) - all.unsqueeze(1)).relu_();
        var isActive = hinges.gt(Numbers.Zero);
        var counts = isActive.sum(2);
        _sums.narrow(0, tile.First, tile.Count).copy_(hinges.sum(2).sum(1));
        using var references = _problem.ReferenceCount.ToScalar();
        var negatives = _classes.Counts.narrow(0, tile.First, tile.Count).neg().add(references, Numbers.WholeOne);
        _terms.add_((isCounted.sum(1) * negatives).sum(float64), Numbers.One);
        _active.add_(counts.sum(float64), Numbers.One);
        if (_gradients is not { } gradients)
            return;
        AddGradient(tile, tile.Positives, differences, _points.Slopes(counts.to_type(float64) * Coefficients(tile), distances));
        var slopes = _points.WithoutZeroVectors(_points.Slopes(isActive.sum(1, type: all.dtype) * -Coefficients(tile).to_type(all.dtype), all), tile.First);
        var anchors = _points.Anchors(tile.First, tile.Count);
        gradients.Anchors.narrow(0, tile.First, tile.Count).add_((anchors * slopes.sum(1, keepdim: true)) - slopes.mm(_points.References), Numbers.One);
        // 0L: a plain 0 is also a ScalarType, and C# would take that overload, the sum of everything.
        gradients.References?.add_((_points.References * slopes.sum(0L).unsqueeze(1)) - slopes.t().mm(anchors), Numbers.One);
    }

    private Tensor Coefficients(SlotTile tile) => _request.Coefficients!.narrow(0, tile.First, tile.Count).unsqueeze(1);

    // Slopes [t, S] times the differences [t, S, d] to the references of a table [t, S].
    private void AddGradient(SlotTile tile, Tensor table, Tensor differences, Tensor slopes)
    {
        var parts = differences * slopes.to_type(differences.dtype).unsqueeze(2);
        _gradients!.Value.Anchors.narrow(0, tile.First, tile.Count).add_(parts.sum(1), Numbers.One);
        _gradients.Value.References?.index_add_(0, table.flatten(), parts.view(-1, parts.size(2)), Numbers.MinusOne);
    }

    private void Report(SlotTile tile, ChosenSlots chosen, Tensor isTerm, Tensor distances, Tensor negativeDistances)
    {
        if (_request.Reader is not { } reader)
            return;
        using var first = tile.First.ToScalar();
        var hasNegative = tile.HasNegative.expand_as(isTerm);
        var places = isTerm.nonzero();
        var (rows, slots) = (places.select(1, 0), places.select(1, 1));
        reader.Read(new ChosenTriplets(
            rows.add(first, Numbers.WholeOne), chosen.Positives.masked_fill(~chosen.HasPositive, Numbers.WholeMinusOne)[rows, slots],
            chosen.Negatives.masked_fill(~hasNegative, Numbers.WholeMinusOne)[rows, slots], (chosen.FellBack & hasNegative)[rows, slots],
            distances.masked_fill(~chosen.HasPositive, Numbers.NotANumber)[rows, slots], negativeDistances.masked_fill(~hasNegative, Numbers.NotANumber)[rows, slots]));
    }

    private LossPart Part()
    {
        var (anchors, references) = _gradients is { } gradients ? _points.GradientsOfEmbeddings(gradients) : (null, null);
        var part = new LossPart(_sums, _terms.squeeze(0), _active.squeeze(0), anchors, references);
        var careful = _isCareful.nonzero().squeeze(1);
        return careful.size(0) == 0 ? part : WithCareful(part, careful);
    }

    private LossPart WithCareful(LossPart part, Tensor careful)
    {
        var selfIndices = _problem.References is null ? careful : _problem.SelfIndices?.index_select(0, careful);
        var problem = new MiningProblem(
            _problem.Labels.index_select(0, careful), _problem.Embeddings.index_select(0, careful), _problem.ReferenceLabels ?? _problem.Labels,
            _problem.References ?? _problem.Embeddings.detach().requires_grad_(), selfIndices);
        var rest = TensorKernel.RunCarefully(_request with
        {
            Problem = problem,
            Coefficients = _request.Coefficients?.index_select(0, careful),
            Reader = _request.Reader is { } reader ? new RemappedReader(reader, careful) : null,
        });
        part.Sums.index_copy_(0, careful, rest.Sums);
        var anchors = part.AnchorGradient?.to_type(float64).index_add(0, careful, rest.AnchorGradient!, Numbers.One);
        if (anchors is not null && _problem.References is null)
            anchors = anchors.add(rest.ReferenceGradient!, Numbers.One);
        return new LossPart(
            part.Sums, part.Terms.add(rest.Terms, Numbers.One), part.Active.add(rest.Active, Numbers.One), anchors,
            part.ReferenceGradient is { } references ? references.to_type(float64).add(rest.ReferenceGradient!, Numbers.One) : null);
    }
}
