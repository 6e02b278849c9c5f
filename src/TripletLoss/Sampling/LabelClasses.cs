namespace TripletLoss;

/// <summary>The classes of a label vector, in ascending order of label, with the positions of their members in ascending order.</summary>
internal sealed class LabelClasses
{
    private readonly long[] _labels;
    private readonly int[] _starts;
    private readonly int[] _members;

    /// <summary>Groups the positions of equal labels.</summary>
    public LabelClasses(long[] labels)
    {
        // Sorting by (label, position), which is what makes members ascend: the sort of pairs is not stable by itself.
        var order = new (long Label, int Position)[labels.Length];
        for (int i = 0; i < order.Length; i++)
            order[i] = (labels[i], i);
        Array.Sort(order);
        _members = Array.ConvertAll(order, entry => entry.Position);
        var starts = new List<int>();
        for (int i = 0; i < order.Length; i++)
        {
            if (i == 0 || order[i].Label != order[i - 1].Label)
                starts.Add(i);
        }
        _labels = [.. starts.Select(start => order[start].Label)];
        _starts = [.. starts, order.Length];
    }

    private LabelClasses(long[] labels, int[] starts, int[] members) => (_labels, _starts, _members) = (labels, starts, members);

    /// <summary>The number of classes.</summary>
    public int Count => _labels.Length;

    /// <summary>The number of positions.</summary>
    public int SampleCount => _members.Length;

    /// <summary>The label of a class.</summary>
    public long Label(int number) => _labels[number];

    /// <summary>The positions that hold the label of a class.</summary>
    public ReadOnlySpan<int> Members(int number) => _members.AsSpan(_starts[number].._starts[number + 1]);

    /// <summary>The number of the class that has a label; −1 if none has.</summary>
    public int Find(long label) => Math.Max(Array.BinarySearch(_labels, label), -1);

    /// <summary>Those classes alone that have so many members.</summary>
    public LabelClasses OfSize(int least)
    {
        int[] kept = [.. Enumerable.Range(0, Count).Where(number => Members(number).Length >= least)];
        var starts = new List<int> { 0 };
        var members = new List<int>();
        foreach (int number in kept)
        {
            members.AddRange(Members(number));
            starts.Add(members.Count);
        }
        return new LabelClasses(Array.ConvertAll(kept, Label), [.. starts], [.. members]);
    }

    /// <summary>The number of each position's class.</summary>
    public int[] NumberOfEach()
    {
        int[] numbers = new int[_members.Length];
        for (int number = 0; number < Count; number++)
        {
            foreach (int member in Members(number))
                numbers[member] = number;
        }
        return numbers;
    }
}
