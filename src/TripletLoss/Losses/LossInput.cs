using static TorchSharp.torch;

namespace TripletLoss;

/// <summary>The input of a custom loss: a validated batch, in the types it is computed in.</summary>
public sealed class LossInput
{
    private readonly MiningProblem _problem;
    private readonly ReportBuilder? _report;
    private bool _sawReferences;

    internal LossInput(MiningProblem problem, ReportBuilder? report = null) => (_problem, _report) = (problem, report);

    /// <summary>The anchors' labels, int64 [B].</summary>
    public Tensor Labels => _problem.Labels;

    /// <summary>The anchors' embeddings [B, d], float32 or float64, with their graph.</summary>
    public Tensor Embeddings => _problem.Embeddings;

    /// <summary>The labels to mine against, int64 [N]; the anchors' own where no references were given.</summary>
    public Tensor ReferenceLabels => Seen(_problem.ReferenceLabels) ?? _problem.Labels;

    /// <summary>The embeddings to mine against [N, d], in the anchors' type; the anchors' own where no references were given.</summary>
    public Tensor References => Seen(_problem.References) ?? _problem.Embeddings;

    /// <summary>
    /// The index of each anchor's own copy among the references, int64 [B], −1 for none; null where no anchor has one. Without references it is 0, 1, 2, …
    /// </summary>
    public Tensor? SelfIndices => _problem.References is null
        ? Numbers.Range(_problem.AnchorCount, _problem.Labels.device)
        : _problem.SelfIndices;

    /// <summary>Whether there are references that the formula never looked at.</summary>
    internal bool IgnoresReferences => _problem.References is not null && !_sawReferences;

    /// <summary>The per-anchor losses of a rule.</summary>
    internal Tensor Mine(MinedLoss loss)
    {
        _sawReferences = true;
        return loss.PerAnchor(_problem, _report);
    }

    private Tensor? Seen(Tensor? ofReferences)
    {
        _sawReferences = true;
        return ofReferences;
    }
}
