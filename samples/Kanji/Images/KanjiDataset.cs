using static TorchSharp.torch;

namespace Kanji;

/// <summary>The images as TorchSharp's data loader wants them: one at a time, by name.</summary>
internal sealed class KanjiDataset(KanjiImages kanji) : utils.data.Dataset
{
    public override long Count => kanji.Count;

    public override Dictionary<string, Tensor> GetTensor(long index) =>
        new() { ["image"] = kanji.Images.select(0, index), ["label"] = kanji.Labels.select(0, index) };
}
