using static TorchSharp.torch;

namespace TripletLoss;

/// <summary>Some anchors with a table of their positives, a slot each, and their scores against all references.</summary>
/// <param name="First">The first anchor.</param>
/// <param name="Scores">[t, N + 1]: squared distances less |a|²; +∞ at references of the anchor's own label and at the one past the last.</param>
/// <param name="Positives">[t, P]: references; N where there is none.</param>
/// <param name="IsPositive">[t, P].</param>
/// <param name="Thresholds">[t, P]: the positives' scores.</param>
/// <param name="Farthest">[t, 1]: the farthest negative; anything where there is none.</param>
/// <param name="HasNegative">[t, 1].</param>
/// <param name="IsCareful">[t, 1]: left to the careful kernel, and without any weight here.</param>
internal readonly record struct SlotTile(
    long First, Tensor Scores, Tensor Positives, Tensor IsPositive, Tensor Thresholds, Tensor Farthest, Tensor HasNegative, Tensor IsCareful)
{
    /// <summary>The number of anchors t.</summary>
    public long Count => Scores.size(0);
}
