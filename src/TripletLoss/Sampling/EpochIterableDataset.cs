using static TorchSharp.torch;

namespace TripletLoss;

/// <summary>As <see cref="EpochDataset"/>, of a data set of lists of tensors, such as TorchSharp's <c>TensorDataset</c>.</summary>
internal sealed class EpochIterableDataset(utils.data.IterableDataset samples, long count) : utils.data.IterableDataset
{
    public override long Count => count;

    public override IList<Tensor> GetTensor(long index) => samples.GetTensor(index);

    protected override void Dispose(bool disposing)
    {
        if (disposing)
            samples.Dispose();
        base.Dispose(disposing);
    }
}
