namespace TripletLoss;

/// <summary>Deals class-balanced batches from any batch on: a deck of classes, and a deck of members for each class.</summary>
internal sealed class BatchDealer : IBatchDealer
{
    private readonly LabelClasses _classes;
    private readonly Deck _classDeck;
    private readonly Deck?[] _memberDecks;
    private readonly long[] _timesDealt;
    private readonly int[] _hand;
    private readonly BatchShape _shape;
    private readonly long _seed;
    private long _batch;

    /// <summary>Goes to a batch.</summary>
    public BatchDealer(LabelClasses classes, BatchShape shape, long seed, long firstBatch)
    {
        (_classes, _shape, _seed, _batch) = (classes, shape, seed, firstBatch);
        _classDeck = new Deck(seed, number: -1, classes.Count, shape.Classes);
        _memberDecks = new Deck?[classes.Count];
        _timesDealt = new long[classes.Count];
        _hand = new int[shape.Classes];
        _classDeck.CountBefore(firstBatch, _timesDealt);
    }

    /// <inheritdoc/>
    public void DealNext(Span<int> batch)
    {
        _classDeck.Deal(_batch++, _hand);
        foreach (int number in _hand)
        {
            DealMembers(number, batch[.._shape.Samples]);
            batch = batch[_shape.Samples..];
        }
    }

    private void DealMembers(int number, Span<int> samples)
    {
        var members = _classes.Members(number);
        var deck = _memberDecks[number] ??= new Deck(_seed, number, members.Length, _shape.Samples);
        deck.Deal(_timesDealt[number]++, samples);
        foreach (ref int sample in samples)
            sample = members[sample];
    }
}
