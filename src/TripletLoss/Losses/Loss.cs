using static TorchSharp.torch;

namespace TripletLoss;

/// <summary>A loss object as in Keras: configured once, then called with labels and embeddings.</summary>
/// <remarks>
/// <para>
/// Called as <c>loss.Call(yTrue, yPred)</c>, labels first. The embeddings may be float16, bfloat16 (both computed in float32), float32 or
/// float64, of any strides, on any device; the loss has the computing type, the gradient the embeddings' type. Labels may be of
/// any integer type and are compared as integers.
/// </para>
/// <para>
/// Degenerate batches give 0 with a graph, so that a small last batch never breaks training: no positive pair (semi-hard and batch-all), no
/// negative, an empty batch. An embedding that is not finite, anywhere, makes the loss and its gradient NaN.
/// </para>
/// <para>
/// The losses of this library are first order only: the gradient is computed with the value. For a double backward, mine with
/// <c>TripletMiner</c> and take <c>TripletFunctions.Hinge</c>.
/// </para>
/// <para>
/// To write a custom loss, derive, pass every constructor argument to the base constructor under its name in JSON, override
/// <see cref="PerAnchor"/>, and <c>Losses.Register</c> it. Instances are immutable and may be used from several threads at once.
/// </para>
/// </remarks>
public abstract partial class Loss
{
    private readonly (string Name, object? Value)[] _arguments;

    /// <summary>Sets what all losses share.</summary>
    /// <param name="reduction">How the per-anchor losses become the loss.</param>
    /// <param name="name">The name; null: the class name in snake case.</param>
    /// <param name="arguments">
    /// Every further constructor argument under its name in JSON, in order: <see cref="double"/>, <see cref="long"/>,
    /// <see cref="bool"/>, <see cref="string"/> or <see cref="Distance"/> values.
    /// </param>
    /// <exception cref="ArgumentOutOfRangeException">The reduction is unknown.</exception>
    protected Loss(LossReduction reduction, string? name, params (string Name, object? Value)[] arguments)
    {
        ArgumentNullException.ThrowIfNull(arguments);
        if (!Enum.IsDefined(reduction))
            throw new ArgumentOutOfRangeException(nameof(reduction), $"reduction must be one of {string.Join(", ", Enum.GetNames<LossReduction>())}, got {ConfigValues.Describe((int)reduction)}.");
        Name = name ?? SnakeCase.From(GetType().Name);
        Reduction = reduction;
        _arguments = arguments;
    }

    /// <summary>Sets what the losses of this library share: they mine by a rule.</summary>
    private protected Loss(MiningRule rule, Distance distance, LossReduction reduction, string? name, params (string Name, object? Value)[] arguments)
        : this(reduction, name, arguments) => Mined = new MinedLoss(rule, distance);

    /// <summary>The name, for logs; by default the class name in snake case.</summary>
    public string Name { get; }

    /// <summary>How the per-anchor losses become the loss.</summary>
    public LossReduction Reduction { get; }

    /// <summary>The loss of a batch that mines itself.</summary>
    /// <param name="yTrue">The labels [B] or [B, 1], any integer type, on the embeddings' device.</param>
    /// <param name="yPred">The embeddings [B, d], d ≥ 1.</param>
    /// <param name="sampleWeight">
    /// A scalar, [B] or [B, 1]: the weight of each anchor's loss. It scales the anchor's own loss, not its part as a positive or negative of
    /// others. Null (the default): ones.
    /// </param>
    /// <returns>A scalar, or [B] with <see cref="LossReduction.None"/>; float32, or float64 for float64 embeddings.</returns>
    /// <exception cref="ArgumentException">An argument has a wrong type, shape or device; the message has the numbers.</exception>
    /// <exception cref="ArgumentNullException"><paramref name="yTrue"/> or <paramref name="yPred"/> is null.</exception>
    /// <exception cref="InvalidOperationException">A custom distance or a custom loss returned a tensor of the wrong shape.</exception>
    public Tensor Call(Tensor yTrue, Tensor yPred, Tensor? sampleWeight = null) =>
        Evaluate(new BatchArguments(yTrue, yPred, null, sampleWeight));

    /// <summary>The loss of a batch whose positives and negatives come from a set of references.</summary>
    /// <param name="yTrue">The anchors' labels [B] or [B, 1].</param>
    /// <param name="yPred">The anchors' embeddings [B, d].</param>
    /// <param name="references">What to mine against.</param>
    /// <param name="sampleWeight">As in the other overload.</param>
    /// <returns>As in the other overload.</returns>
    /// <exception cref="ArgumentException">An argument has a wrong type, shape or device; the message has the numbers.</exception>
    /// <exception cref="ArgumentNullException">A tensor is null.</exception>
    public Tensor Call(Tensor yTrue, Tensor yPred, ReferenceSet references, Tensor? sampleWeight = null) =>
        Evaluate(new BatchArguments(yTrue, yPred, references, sampleWeight));

    /// <summary>Every constructor argument, under its name in JSON.</summary>
    /// <returns>The configuration, from which <c>FromConfig</c> makes the same loss.</returns>
    public LossConfig GetConfig() =>
        new([new("name", Name), new("reduction", Reduction), .. _arguments.Select(argument => KeyValuePair.Create(argument.Name, argument.Value))]);

    /// <summary>This loss as a TorchSharp module: <c>forward(input: embeddings, target: labels)</c>.</summary>
    /// <returns>A module without parameters.</returns>
    public TorchSharp.Loss<Tensor, Tensor, Tensor> AsModule() => new LossModule(this);

    /// <summary>The formula: the losses of the anchors, before weights and reduction.</summary>
    /// <param name="input">The batch.</param>
    /// <returns>[B] with its graph, whose plain mean is the loss of the batch.</returns>
    protected abstract Tensor PerAnchor(LossInput input);

    /// <summary>Validates, computes and reduces; the result alone outlives it.</summary>
    internal virtual Tensor Evaluate(BatchArguments arguments, ReportBuilder? report = null)
    {
        Validate(arguments);
        using var scope = NewDisposeScope();
        var problem = arguments.ToProblem();
        var reducer = new Reducer(Reduction, arguments.Weights(problem), problem.AnchorCount);
        var value = Mined is not null && Reduction != LossReduction.None
            ? Mined.Reduced(problem, reducer, report)
            : reducer.Reduce(CheckedPerAnchor(problem, report), problem.Embeddings.dtype);
        report?.Complete(Name, problem, value);
        GC.KeepAlive(arguments);
        return value.MoveToOuterDisposeScope();
    }

    private Tensor CheckedPerAnchor(MiningProblem problem, ReportBuilder? report)
    {
        var input = new LossInput(problem, report);
        var losses = PerAnchor(input);
        if (losses is null || losses.shape is not [var count] || count != problem.AnchorCount)
        {
            throw new InvalidOperationException(
                $"{GetType().Name} must return per-anchor losses [{problem.AnchorCount}], got {(losses is null ? "null" : Describe.Tensor(losses))}.");
        }
        if (input.IgnoresReferences)
        {
            throw new InvalidOperationException(
                $"{GetType().Name} was given references and did not use them: its formula must use input.References and input.ReferenceLabels, or be called without references.");
        }
        if (Mined is null)
            report?.Count(losses);
        return losses;
    }
}
