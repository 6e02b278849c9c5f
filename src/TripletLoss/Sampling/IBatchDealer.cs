namespace TripletLoss;

/// <summary>Deals the batches of an epoch, one after another.</summary>
internal interface IBatchDealer
{
    /// <summary>Deals the next batch: the samples of its first class, of its second, and so on.</summary>
    void DealNext(Span<int> batch);
}
