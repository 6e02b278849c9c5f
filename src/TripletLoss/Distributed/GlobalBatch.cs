using System.Globalization;
using static TorchSharp.torch;

namespace TripletLoss;

/// <summary>The loss that one process would compute on the samples of all ranks, in their order: the same value on every rank, with the gradient with respect to this rank's embeddings.</summary>
/// <remarks>Every exchange is over when the value is there: backward is local, and may be left out.</remarks>
/// <param name="loss">The loss.</param>
/// <param name="arguments">This rank's samples.</param>
/// <param name="group">The ranks.</param>
/// <param name="memory">A memory that is the same on every rank, to mine against it too; null: none.</param>
internal sealed class GlobalBatch(Loss loss, BatchArguments arguments, IProcessGroup group, CrossBatchMemory? memory = null)
{
    /// <summary>From how many ranks on the anchors are shared out. References cost twice a batch that mines itself: with two ranks each computes all of it just as fast.</summary>
    private const int FewestToShare = 3;

    private readonly GatheredRows _gathered = new(group);

    private bool WantsGradient => is_grad_enabled() && arguments.Embeddings.requires_grad;

    /// <summary>The value; every rank calls this.</summary>
    /// <param name="report">Looks on, at all samples of all ranks.</param>
    /// <param name="share">Whether to share out the anchors, for tests and measurements; null: where it is faster.</param>
    public Tensor Evaluate(ReportBuilder? report = null, bool? share = null)
    {
        using var scope = NewDisposeScope();
        var operation = memory is not null ? RankOperation.LossWithMemory : report is not null ? RankOperation.LossWithReport : RankOperation.Loss;
        var headers = CallHeader.Exchange(group, $"the loss '{loss.Name}'", Describe, () => Header(operation));
        var isShared = loss.Mined is not null && operation == RankOperation.Loss && (share ?? group.Size >= FewestToShare);
        var value = isShared ? new SharedBatch(loss, arguments, group, headers).Evaluate() : EvaluateAll(headers, report);
        GC.KeepAlive(arguments);
        return value.MoveToOuterDisposeScope();
    }

    private string Describe() => $"{loss.GetType().Name} {loss.GetConfig()}" +
        (memory is null ? "" : string.Create(CultureInfo.InvariantCulture, $" and a memory that keeps {memory.Count} of {memory.Capacity} after {memory.Calls} calls, gradients {(is_grad_enabled() ? "enabled" : "disabled")}"));

    private CallHeader Header(RankOperation operation)
    {
        loss.Validate(arguments);
        memory?.Validate(arguments);
        if (loss.Reduction == LossReduction.None)
            throw new InvalidOperationException($"a loss over several processes must be reduced to a scalar, but the reduction of '{loss.Name}' is None.");
        return new CallHeader(
            operation, arguments.Labels.size(0), arguments.Embeddings.size(0), arguments.Embeddings.size(1), arguments.Embeddings.dtype,
            arguments.SampleWeight is not null, WantsGradient, 0);
    }

    // The whole loss on every rank, with the graph of this one's rows: exact for whatever a loss does.
    private Tensor EvaluateAll(CallHeader[] headers, ReportBuilder? report)
    {
        long[] labelRows = [.. headers.Select(header => header.LabelRows)], rows = [.. headers.Select(header => header.Rows)];
        var labels = _gathered.Detached(loss.LabelsAmongAll(arguments.Labels, rows.Take(group.Rank).Sum()), labelRows);
        var embeddings = _gathered.WithGraph(arguments.Embeddings, rows);
        var weights = arguments.WeightsOfRows(labelRows[group.Rank]) is { } own ? _gathered.WithGraph(own, labelRows) : null;
        Tensor value = null!;
        RankExchange.Run(group, $"the loss '{loss.Name}'", () =>
        {
            value = loss.Evaluate(
                memory?.Arguments(labels, embeddings, weights) ?? arguments with { Labels = labels, Embeddings = embeddings, SampleWeight = weights }, report);
            return 0;
        });
        // After all have succeeded, so that the memories stay the same.
        memory?.Keep(labels, embeddings);
        return value;
    }
}
