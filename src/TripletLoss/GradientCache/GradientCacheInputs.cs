using static TorchSharp.torch;

namespace TripletLoss;

/// <summary>What the network takes, as leaves: what they were made by is gone through once, at the end, and not by every chunk.</summary>
internal sealed class GradientCacheInputs(Tensor[] inputs)
{
    private readonly Tensor[] _leaves = Array.ConvertAll(inputs, input => input.is_leaf || !is_grad_enabled() ? input : input.detach().requires_grad_());

    /// <summary>B.</summary>
    public long Count => _leaves[0].size(0);

    /// <summary>Whether one is on a CUDA device.</summary>
    public bool AreOnCuda => _leaves.Any(leaf => leaf.device.type == TorchSharp.DeviceType.CUDA);

    /// <summary>Rows of all.</summary>
    public Tensor[] Rows(long first, long count) => Array.ConvertAll(_leaves, leaf => leaf.narrow(0, first, count));

    /// <summary>Pushes the leaves' gradients into what they were made by: in one backward, for it may be one graph.</summary>
    public void PushBack()
    {
        Tensor? sum = null;
        foreach (var (input, leaf) in inputs.Zip(_leaves).Where(pair => !pair.First.is_leaf))
        {
            var term = (input * (leaf.grad ?? zeros_like(leaf))).sum();
            sum = sum is null ? term : sum.add(term, Numbers.One);
        }
        sum?.backward();
    }

    /// <summary>Checks inputs and labels before any of them is encoded.</summary>
    /// <exception cref="ArgumentException">They do not belong together.</exception>
    public static void Validate(Tensor[] inputs, Tensor yTrue, bool hasOneInput, bool hasLabelEach)
    {
        if (inputs.Length == 0 || (hasOneInput && inputs.Length != 1))
            throw new ArgumentException($"inputs must be {(hasOneInput ? "one tensor, as the network takes one" : "at least one tensor")}, got {inputs.Length}.", nameof(inputs));
        foreach (var input in inputs)
        {
            ArgumentNullException.ThrowIfNull(input, nameof(inputs));
            if (input.is_sparse)
                throw new ArgumentException($"inputs must be dense, got sparse {Describe.Tensor(input)}. to_dense() makes it so.", nameof(inputs));
            if (input.ndim == 0)
                throw new ArgumentException($"inputs must be [batch, …], got {Describe.Tensor(input)}.", nameof(inputs));
        }
        var counts = Array.ConvertAll(inputs, input => input.size(0));
        if (counts.Any(count => count != counts[0]))
            throw new ArgumentException($"inputs must have one row per sample each, got {string.Join(" and ", counts)} rows.", nameof(inputs));
        if (yTrue.is_sparse)
            throw new ArgumentException($"yTrue must be dense, got sparse {Describe.Tensor(yTrue)}. to_dense() makes it so.", nameof(yTrue));
        if (yTrue.is_floating_point() && !inputs.Any(input => input.is_floating_point()))
        {
            throw new ArgumentException(
                $"yTrue must be integer labels [batch] or [batch, 1], got {Describe.Tensor(yTrue)}. Did you swap yTrue and inputs?", nameof(yTrue));
        }
        if (hasLabelEach && (yTrue.ndim == 0 || yTrue.size(0) != counts[0]))
            throw new ArgumentException($"yTrue must have one label for each of the {counts[0]} inputs, got {Describe.Tensor(yTrue)}.", nameof(yTrue));
    }
}
