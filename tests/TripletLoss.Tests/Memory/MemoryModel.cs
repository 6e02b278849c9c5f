using static TorchSharp.torch;

namespace TripletLoss.Tests;

/// <summary>What a memory should hold: a list that forgets its oldest entries.</summary>
public sealed class MemoryModel(long capacity)
{
    private readonly List<(long Label, double[] Point)> _entries = [];

    public int Count => _entries.Count;

    public long[] Labels => [.. _entries.Select(entry => entry.Label)];

    public Tensor? Points => Count == 0
        ? null
        : tensor(_entries.SelectMany(entry => entry.Point).ToArray(), [Count, _entries[0].Point.Length]);

    public void Add(long[] labels, Tensor points)
    {
        for (var i = 0; i < labels.Length; i++)
            _entries.Add((labels[i], points.detach()[i].to_type(ScalarType.Float64).data<double>().ToArray()));
        _entries.RemoveRange(0, (int)Math.Max(0, _entries.Count - capacity));
    }
}
