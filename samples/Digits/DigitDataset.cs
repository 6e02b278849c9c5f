using static TorchSharp.torch;

namespace Digits;

/// <summary>The images as TorchSharp's data loader wants them: one at a time, by name.</summary>
internal sealed class DigitDataset(DigitImages digits) : utils.data.Dataset
{
    public override long Count => digits.Count;

    public override Dictionary<string, Tensor> GetTensor(long index) =>
        new() { ["image"] = digits.Images[index], ["label"] = digits.Labels[index] };
}
