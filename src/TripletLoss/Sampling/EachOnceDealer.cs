namespace TripletLoss;

/// <summary>Deals one epoch in which no sample comes twice.</summary>
internal sealed class EachOnceDealer : IBatchDealer
{
    private readonly LabelClasses _classes;
    private readonly BatchShape _shape;
    private readonly long _seed;
    private readonly long _epoch;
    private readonly int[] _classOfPlace;
    private readonly int[]?[] _members;
    private readonly int[] _dealt;
    private int _place;

    /// <summary>Plans the epoch.</summary>
    public EachOnceDealer(LabelClasses classes, BatchShape shape, int batches, long seed, long epoch)
    {
        (_classes, _shape, _seed, _epoch) = (classes, shape, seed, epoch);
        _classOfPlace = Plan(batches, new SplitMix64(seed, stream: -1, epoch));
        _members = new int[]?[classes.Count];
        _dealt = new int[classes.Count];
    }

    /// <summary>The largest number of batches for which there are groups of samples enough, where a class may give one to a batch.</summary>
    public static int MostBatches(LabelClasses classes, BatchShape shape)
    {
        var (least, most) = (0, classes.SampleCount / shape.Size);
        while (least < most)
        {
            int batches = least + (most - least + 1) / 2;
            if (Groups(classes, shape, batches).Sum(count => (long)count) >= (long)batches * shape.Classes)
                least = batches;
            else
                most = batches - 1;
        }
        return least;
    }

    /// <inheritdoc/>
    public void DealNext(Span<int> batch)
    {
        for (; !batch.IsEmpty; batch = batch[_shape.Samples..])
        {
            int number = _classOfPlace[_place++];
            _members[number] ??= Shuffled(number);
            _members[number].AsSpan(_dealt[number], _shape.Samples).CopyTo(batch);
            _dealt[number] += _shape.Samples;
        }
    }

    private static IEnumerable<int> Groups(LabelClasses classes, BatchShape shape, int batches) =>
        Enumerable.Range(0, classes.Count).Select(number => Math.Min(classes.Members(number).Length / shape.Samples, batches));

    // The class of each place [batches, classes]. Batches are filled evenly, as from decks of cards: a class takes as many different ones as it has groups.
    private int[] Plan(int batches, SplitMix64 random)
    {
        int[] classOfPlace = new int[batches * _shape.Classes];
        int[] deck = [.. Enumerable.Range(0, batches)];
        random.Shuffle(deck);
        var (level, next) = (0, 0);
        foreach (var (number, times) in Drawn(batches, ref random))
        {
            int ofThisDeck = Math.Min(times, batches - next);
            Fill(next, ofThisDeck);
            next += ofThisDeck;
            if (next < batches)
                continue;
            // What the class took lies at the end of the deck, and is kept out of what it takes of the next one.
            level++;
            next = times - ofThisDeck;
            random.Shuffle(deck.AsSpan(0, batches - ofThisDeck));
            Fill(0, next);
            random.Shuffle(deck.AsSpan(next));

            void Fill(int first, int count)
            {
                foreach (int batch in deck.AsSpan(first, count))
                    classOfPlace[batch * _shape.Classes + level] = number;
            }
        }
        return classOfPlace;
    }

    // How many groups of each class the epoch holds, in random order: all that there are, but for a random remainder.
    private (int Number, int Times)[] Drawn(int batches, ref SplitMix64 random)
    {
        int[] groups = [.. Groups(_classes, _shape, batches).SelectMany((count, number) => Enumerable.Repeat(number, count))];
        random.Shuffle(groups);
        int[] times = new int[_classes.Count];
        foreach (int number in groups.AsSpan(0, batches * _shape.Classes))
            times[number]++;
        int[] order = [.. Enumerable.Range(0, _classes.Count)];
        random.Shuffle(order);
        return Array.ConvertAll(order, number => (number, times[number]));
    }

    private int[] Shuffled(int number)
    {
        int[] members = _classes.Members(number).ToArray();
        new SplitMix64(_seed, number, _epoch).Shuffle(members);
        return members;
    }
}
