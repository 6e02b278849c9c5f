using System.Runtime.CompilerServices;

namespace TripletLoss;

/// <summary>The points of every block of a grid in their original order: of equally far ones the first has the lowest original index.</summary>
internal readonly unsafe struct BlockOrder
{
    private readonly int* _places;
    private readonly int* _originals;
    private readonly int _count;
    private readonly int _edge;

    /// <param name="originals">The original index of each sorted point.</param>
    /// <param name="count">How many points.</param>
    /// <param name="edge">How many a block has.</param>
    /// <param name="arena">Where the memory comes from.</param>
    public BlockOrder(int* originals, int count, int edge, NativeArena arena)
    {
        (_count, _edge) = (count, edge);
        _places = arena.Allocate<int>(count);
        _originals = arena.Allocate<int>(count);
        Fill(originals, arena.Allocate<int>(count), arena.AllocateZeroed<int>((count + edge - 1) / edge));
    }

    /// <summary>The block that begins with a point.</summary>
    public OrderedBlock Of(int start) => new(_places + start, _originals + start, Math.Min(_edge, _count - start));

    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    private void Fill(int* originals, int* positions, int* filled)
    {
        for (int position = 0; position < _count; position++)
            positions[originals[position]] = position;
        for (int original = 0; original < _count; original++)
        {
            int block = positions[original] / _edge, place = (block * _edge) + filled[block]++;
            _places[place] = positions[original] - (block * _edge);
            _originals[place] = original;
        }
    }
}
