using static TorchSharp.torch;

namespace TripletLoss;

/// <summary>The tiles of a user's distance function: its numbers are the distances.</summary>
internal sealed class CustomBounds(SearchProblem problem) : DistanceBounds<double>
{
    private Tensor? _distances;
    private TensorMemory<double> _rows;

    /// <inheritdoc/>
    public override int ReferenceCount => problem.ReferenceCount;

    /// <inheritdoc/>
    public override bool AreExact => true;

    /// <inheritdoc/>
    public override void Fill(ReadOnlySpan<int> queries)
    {
        var matrix = CustomDistance.Matrix(problem.Distance, SearchProblem.Select(problem.Queries, queries), problem.Gallery).detach();
        if (!matrix.gt(Numbers.NegativeInfinity).all().item<bool>())
            throw new InvalidOperationException($"the distance '{problem.Distance.Name}' gave NaN or −∞ for finite embeddings.");
        _distances = matrix.cpu().to_type(float64).contiguous();
        _rows = new TensorMemory<double>(_distances);
    }

    /// <inheritdoc/>
    public override void Read(int row, Span<double> lower, Span<double> upper)
    {
        _rows.Row(row).CopyTo(lower);
        _rows.Row(row).CopyTo(upper);
    }

    /// <inheritdoc/>
    public override double Widest(int row) => 0;

    /// <inheritdoc/>
    public override double Exact(int row, int reference) => _rows.Row(row)[reference];

    /// <inheritdoc/>
    public override double AmongBounds(double exact) => exact;

    /// <inheritdoc/>
    public override double Distance(double exact) => exact;
}
