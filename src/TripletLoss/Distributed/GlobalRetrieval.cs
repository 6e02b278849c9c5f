using System.Globalization;
using System.Runtime.CompilerServices;
using System.Runtime.InteropServices;
using TorchSharp;
using static TorchSharp.torch;

namespace TripletLoss;

/// <summary>Retrieval metrics over the samples of all ranks: the queries stay where they are, and the references are gathered.</summary>
/// <param name="queries">This rank's queries.</param>
/// <param name="gallery">This rank's share of the references; null: the queries themselves.</param>
/// <param name="group">The ranks.</param>
/// <param name="options">How to measure.</param>
internal sealed class GlobalRetrieval(LabelledEmbeddings queries, LabelledEmbeddings? gallery, IProcessGroup group, RetrievalOptions options)
{
    private const string Where = "retrieval metrics";

    private readonly LabelledEmbeddings _share = gallery ?? queries;

    /// <summary>The report on all queries.</summary>
    /// <param name="evaluate">From all references and the options to the report on this rank's queries.</param>
    public RetrievalReport Evaluate(Func<LabelledEmbeddings, RetrievalOptions, RetrievalReport> evaluate)
    {
        using var scope = NewDisposeScope();
        using var noGradient = no_grad();
        var headers = CallHeader.Exchange(group, Where, Describe, Header);
        long[] rows = [.. headers.Select(header => header.Rows)];
        var gathered = new GatheredRows(group);
        var all = _share with
        {
            Labels = gathered.Detached(_share.Labels.reshape(-1).to_type(int64), rows),
            Embeddings = gathered.Detached(_share.Embeddings, rows),
        };
        GC.KeepAlive(_share);
        RetrievalReport own = null!;
        long[] matched = RankExchange.Run(group, Where, () =>
        {
            own = evaluate(all, options with { SelfIndices = gallery is null ? OwnCopies(rows) : null });
            return (long)own.QueryScores.Count;
        });
        return RetrievalReport.Merge(Reports(own, [.. headers.Select(header => (int)header.LabelRows)], rows.Sum(), matched));
    }

    private string Describe() => $"{Where} by {options.Distance ?? Distance.SquaredEuclidean} at {string.Join(", ", (options.CutOffs ?? []).Select(k => k.ToString(CultureInfo.InvariantCulture)))}";

    private CallHeader Header()
    {
        queries.Validate();
        gallery?.Validate();
        return new CallHeader(
            RankOperation.RetrievalMetrics, queries.Labels.size(0), _share.Embeddings.size(0), _share.Embeddings.size(1), _share.Embeddings.dtype, false, false, 0);
    }

    private Tensor OwnCopies(long[] rows)
    {
        using var first = rows.Take(group.Rank).Sum().ToScalar();
        return Numbers.Range(rows[group.Rank], _share.Labels.device).add_(first, Numbers.WholeOne);
    }

    private RetrievalReport[] Reports(RetrievalReport own, int[] counts, long rows, long[] matched)
    {
        byte[] scores = MemoryMarshal.AsBytes<QueryScore>(own.QueryScores.ToArray()).ToArray();
        int size = Unsafe.SizeOf<QueryScore>();
        using var mine = scores.Length == 0 ? zeros([0, size], uint8) : tensor(scores, uint8).reshape(-1, size);
        using var gathered = group.AllGatherRows(mine, matched);
        var all = MemoryMarshal.Cast<byte, QueryScore>(HostCopy.Of<byte>(gathered)).ToArray();
        var figures = MemoryMarshal.Cast<byte, CutOffMetrics>(group.AllGather(MemoryMarshal.AsBytes<CutOffMetrics>(own.CutOffs.ToArray()))).ToArray();
        string? warning = all.Length > 0 ? null : WhyNobodyHasAMatch(counts.Sum(), rows);
        int references = (int)rows - (gallery is null && rows > 0 ? 1 : 0);
        var reports = new RetrievalReport[group.Size];
        for (var (rank, first) = (0, 0); rank < reports.Length; first += (int)matched[rank++])
        {
            reports[rank] = new RetrievalReport(
                counts[rank], references, warning, all[first..(first + (int)matched[rank])],
                figures[(rank * own.CutOffs.Count)..((rank + 1) * own.CutOffs.Count)]);
        }
        return reports;
    }

    private string WhyNobodyHasAMatch(long all, long rows) => gallery is not { } other
        ? RetrievalProblem.NoLabelTwice(all, queries.LabelsName) + "."
        : RetrievalProblem.NoLabelAmong(all, queries.LabelsName, rows, other.LabelsName) + ".";
}
