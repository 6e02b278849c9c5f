using static TorchSharp.torch;

namespace TripletLoss;

/// <summary>A data set that says how many samples an epoch takes of it; disposed with it.</summary>
internal sealed class EpochDataset(utils.data.Dataset samples, long count) : utils.data.Dataset
{
    public override long Count => count;

    public override Dictionary<string, Tensor> GetTensor(long index) => samples.GetTensor(index);

    protected override void Dispose(bool disposing)
    {
        if (disposing)
            samples.Dispose();
        base.Dispose(disposing);
    }
}
