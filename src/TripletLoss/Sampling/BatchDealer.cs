namespace TripletLoss;

/// <summary>Deals class-balanced batches from any batch on: a deck of classes, and a deck of members for each class.</summary>
internal sealed class BatchDealer
{
    private readonly LabelClasses _classes;
    private readonly Deck _classDeck;
    private readonly Deck?[] _memberDecks;
    private readonly long[] _timesDealt;
    private readonly int[] _hand;
    private readonly int _samplesPerClass;
    private readonly long _seed;
    private long _batch;

    /// <summary>Goes to a batch.</summary>
    public BatchDealer(LabelClasses classes, int classesPerBatch, int samplesPerClass, long seed, long firstBatch)
    {
        (_classes, _samplesPerClass, _seed, _batch) = (classes, samplesPerClass, seed, firstBatch);
        _classDeck = new Deck(seed, number: -1, classes.Count, classesPerBatch);
        _memberDecks = new Deck?[classes.Count];
        _timesDealt = new long[classes.Count];
        _hand = new int[classesPerBatch];
        _classDeck.CountBefore(firstBatch, _timesDealt);
    }

    /// <summary>Deals the next batch: the samples of its first class, of its second, and so on.</summary>
    public void DealNext(Span<int> batch)
    {
        _classDeck.Deal(_batch++, _hand);
        foreach (int number in _hand)
        {
            DealMembers(number, batch[.._samplesPerClass]);
            batch = batch[_samplesPerClass..];
        }
    }

    private void DealMembers(int number, Span<int> samples)
    {
        var members = _classes.Members(number);
        var deck = _memberDecks[number] ??= new Deck(_seed, number, members.Length, _samplesPerClass);
        deck.Deal(_timesDealt[number]++, samples);
        foreach (ref int sample in samples)
            sample = members[sample];
    }
}
