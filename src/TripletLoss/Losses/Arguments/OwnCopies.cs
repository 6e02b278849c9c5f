using System.Globalization;
using static TorchSharp.torch;

namespace TripletLoss;

/// <summary>Checks where the anchors' own copies are said to stand among the references.</summary>
internal readonly record struct OwnCopies(ReferenceSet References, Tensor Labels)
{
    /// <summary>Checks type, shape, device and, on a CPU, every index (a GPU would have to wait for it).</summary>
    /// <exception cref="ArgumentException">Something is wrong.</exception>
    public void Validate(string name)
    {
        var indices = References.SelfIndices!;
        var (anchors, references) = (Labels.size(0), References.Labels.size(0));
        if (!indices.is_integral() || indices.dtype == ScalarType.Bool || indices.shape is not [var count] || count != anchors)
        {
            throw new ArgumentException(
                $"{name}.SelfIndices must be integers [{anchors}], one per anchor, got {Describe.Tensor(indices)}.", name);
        }
        if (indices.device.ToString() != Labels.device.ToString())
            throw new ArgumentException($"{name}.SelfIndices are on {indices.device} but the anchors are on {Labels.device}.", name);
        if (indices.device.type == TorchSharp.DeviceType.CPU && anchors > 0)
            ValidateIndices(indices, references, name);
    }

    private void ValidateIndices(Tensor indices, long references, string name)
    {
        using var scope = NewDisposeScope();
        var copies = indices.to_type(int64);
        var (least, most) = (copies.min().item<long>(), copies.max().item<long>());
        if (least < -1 || most >= references)
            throw new ArgumentException(
                string.Create(CultureInfo.InvariantCulture, $"{name}.SelfIndices must be −1 or the index of one of {references} references, got {least} to {most}."), name);
        if (references == 0)
            return;
        var labels = Labels.reshape(-1).to_type(int64);
        var found = References.Labels.reshape(-1).to_type(int64).index_select(0, copies.clamp_min(Numbers.WholeZero));
        var wrong = (copies.ge(Numbers.WholeZero) & found.ne(labels)).nonzero();
        if (wrong.size(0) > 0)
        {
            var anchor = wrong[0, 0].item<long>();
            throw new ArgumentException(
                $"{name}.SelfIndices must point at copies, but anchor {anchor} has label {labels[anchor].item<long>()} and reference " +
                $"{copies[anchor].item<long>()} has label {found[anchor].item<long>()}.", name);
        }
    }
}
