using static TorchSharp.torch;

namespace TripletLoss.Stress;

/// <summary>Nearly everything public that computes.</summary>
internal static class SubjectList
{
    // There are few of them beside the losses, each with code of its own.
    private const int OtherRounds = 20;

    private static readonly Distance Custom = Distance.Create((x, y) => cdist(x, y));

    public static IReadOnlyList<Subject> All() => [.. Losses(), .. Miners(), .. Enumerable.Repeat(Others(), OtherRounds).SelectMany(others => others)];

    private static IEnumerable<Subject> Losses() =>
        from distance in new[] { Distance.SquaredEuclidean, Distance.Euclidean, Distance.Cosine, Custom }
        from reduction in Enum.GetValues<LossReduction>()
        from loss in new Loss[]
        {
            new TripletSemiHardLoss(1, distance, reduction), new TripletHardLoss(1, false, distance, reduction), new TripletHardLoss(1, true, distance, reduction),
            new TripletBatchAllLoss(1, true, distance, reduction), new TripletBatchAllLoss(1, false, distance, reduction),
        }
        from type in Batches.Types
        from weights in new Func<Tensor?>[] { () => null, () => Batches.ScalarWeight, () => Batches.Weights }
        from subject in new[]
        {
            new Subject($"{loss.Name} {distance} {reduction} {type}", () => Gradients(type, points => loss.Call(Batches.Labels, points, weights()))),
            new Subject($"{loss.Name} {distance} {reduction} {type} references", () => Gradients(type, points =>
                loss.Call(Batches.Labels, points, new ReferenceSet(Batches.ReferenceLabels, Batches.References(type), Batches.OwnCopies), weights()))),
            new Subject($"{loss.Name} {distance} {reduction} {type} report", () => Report(loss.Inspect(Batches.Labels, Batches.Points(type), weights()))),
        }
        select subject;

    private static IEnumerable<Subject> Miners() =>
        from distance in new[] { Distance.SquaredEuclidean, Distance.Cosine, Custom }
        from type in Batches.Types
        from subject in new[]
        {
            new Subject($"BatchSemiHard {distance} {type}", () => Triplets(TripletMiner.BatchSemiHard(Batches.Labels, Batches.Points(type), distance))),
            new Subject($"BatchHard {distance} {type}", () => Triplets(TripletMiner.BatchHard(Batches.Labels, Batches.Points(type), distance))),
            new Subject($"BatchAll {distance} {type}", () => Triplets(TripletMiner.BatchAll(Batches.Labels, Batches.Points(type), 1, TripletKind.Any, distance))),
            new Subject($"SemiHard {distance} {type}", () => Gradients(type, leaf => TripletFunctions.SemiHard(Batches.Labels, leaf, 1, distance))),
            new Subject($"Hinge {distance} {type}", () => Gradients(type, leaf => TripletFunctions.Hinge(leaf, Batches.Points(type), Batches.Points(type), 1, distance, swap: true))),
            new Subject($"IsKind {distance} {type}", () => Subject.Numbers(TripletFunctions.IsKind(TripletKind.Violating, Batches.Points(type), Batches.Points(type), Batches.Points(type), 1, distance))),
            new Subject($"explicit {distance} {type}", () => Gradients(type, leaf => new ExplicitTripletLoss(1, distance, swap: true, soft: true).Call(Batches.Triplets, leaf))),
            new Subject($"metrics {distance} {type}", () => [RetrievalMetrics.LeaveOneOut(Batches.Labels, Batches.Points(type), distance: distance).MeanAveragePrecisionAtR]),
            new Subject($"metrics against {distance} {type}", () => Figures(RetrievalMetrics.QueryAgainstGallery(
                Batches.Labels, Batches.Points(type), Batches.ReferenceLabels, Batches.References(type), distance, selfIndices: Batches.OwnCopies, ignore: (Batches.OwnCopies, Batches.ReferenceLabels)))),
            new Subject($"neighbours {distance} {type}", () => Neighbours(NearestNeighbours.Search(Batches.Points(type), Batches.References(type), 3, distance, Batches.OwnCopies))),
        }
        select subject;

    private static IEnumerable<Subject> Others() =>
    [
        new("memory", Memory),
        new("memory's file", MemoryFile),
        new("cache", Cache),
        new("cache of several inputs", CacheOfSeveral),
        new("sampler", () => new ClassBalancedSampler(Batches.ReferenceLabels, 2, 2, seed: 3).Select(index => (double)index).ToList()),
        new("sampler, each once", () => new ClassBalancedSampler(Batches.Labels, 2, 2, 3, SmallClasses.Skip, EpochCoverage.EachOnce).Select(index => (double)index).ToList()),
        new("JSON", () => [TripletLoss.Losses.Serialize(TripletLoss.Losses.Deserialize(TripletLoss.Losses.Serialize(new TripletHardLoss(0.5)))).Length]),
    ];

    private static IEnumerable<double> Gradients(ScalarType type, Func<Tensor, Tensor> call)
    {
        using var points = Batches.Points(type);
        var leaf = points.clone().requires_grad_();
        var value = call(Batches.NotHeld(leaf.alias()));
        value.sum().backward();
        return Subject.Numbers(value, leaf.grad!);
    }

    private static Tensor Weight()
    {
        using var references = Batches.References(ScalarType.Float32);
        return references.narrow(0, 0, 4).clone().requires_grad_();
    }

    private static IEnumerable<double> Report(TripletReport report) =>
        [report.Loss, report.ActiveTerms, report.FallbackPairs ?? 0, report.PositiveDistances?.Median ?? 0, report.NegativeDistances?.Maximum ?? 0, report.Norms!.Median];

    private static IEnumerable<double> Triplets(TripletIndices triplets) => Subject.Numbers(triplets.Anchors, triplets.Positives, triplets.Negatives);

    private static IEnumerable<double> Figures(RetrievalReport report) =>
        [report.MeanAveragePrecision, report.RecallAt(2), report.At(5).Ndcg, report.QueryScores[0].Query, report.ClassScores[0].MeanReciprocalRank];

    private static IEnumerable<double> Neighbours((Tensor Indices, Tensor Distances) found) => Subject.Numbers(found.Indices, found.Distances);

    private static IEnumerable<double> Memory()
    {
        using var memory = new CrossBatchMemory(new TripletSemiHardLoss(), capacity: 12);
        memory.Call(Batches.Labels, Batches.Points(ScalarType.Float32)).Dispose();
        return Gradients(ScalarType.Float32, leaf => memory.Call(Batches.Labels, leaf));
    }

    private static IEnumerable<double> MemoryFile()
    {
        using var memory = new CrossBatchMemory(new TripletSemiHardLoss(), capacity: 12);
        memory.Call(Batches.Labels, Batches.Points(ScalarType.Float16)).Dispose();
        memory.Call(Batches.Labels, Batches.Points(ScalarType.Float16)).Dispose();
        var path = Path.GetTempFileName();
        memory.Save(path);
        memory.Reset();
        memory.Load(path);
        File.Delete(path);
        memory.SetState(memory.GetState());
        return Subject.Numbers(memory.References!.Labels, memory.References!.Embeddings);
    }

    private static IEnumerable<double> CacheOfSeveral()
    {
        var weight = Weight();
        var cache = GradientCache.OfSeveralInputs(x => (x[0] * x[1]).mm(weight), new TripletHardLoss(), 4);
        var evaluated = cache.Evaluate(Batches.Labels, [Batches.Points(ScalarType.Float32), Batches.Points(ScalarType.Float32)], Batches.Weights);
        var value = cache.Backward(Batches.Labels, [Batches.Points(ScalarType.Float32), Batches.Points(ScalarType.Float32)], out var report, Batches.Weights);
        return [report.Loss, .. Subject.Numbers(evaluated, value, weight.grad!)];
    }

    private static IEnumerable<double> Cache()
    {
        var weight = Weight();
        var loss = new TripletSemiHardLoss();
        var cache = new GradientCache(x => x.mm(weight), (labels, embeddings, _) => loss.Call(labels, embeddings), 4);
        var value = cache.Backward(Batches.Labels, Batches.Points(ScalarType.Float32));
        return Subject.Numbers(value, weight.grad!);
    }
}
