using static TorchSharp.torch;

namespace TripletLoss;

/// <summary>The distances of the rows of two equally long sets, by ordinary autograd and from differences.</summary>
internal static class RowDistances
{
    /// <summary>[n] distances of x [n, d] and y [n, d].</summary>
    public static Tensor Between(Distance distance, Tensor x, Tensor y)
    {
        if (distance.CustomMatrix is not null)
            return OfCustom(distance, x, y);
        if (distance.OfUnitVectors)
            return OfUnitVectors(x, y);
        var squared = SquaredOf(x - y);
        if (distance.Scale == DistanceScale.Squared)
            return squared;
        // Where two points coincide the root has no gradient; it is taken as 0.
        var coincide = squared.eq(Numbers.Zero);
        return squared.masked_fill(coincide, Numbers.One).sqrt().masked_fill(coincide, Numbers.Zero);
    }

    // 1 − cos as |x̂ − ŷ|² / 2, which is right for near-parallel vectors too; 1 where one of them is zero.
    private static Tensor OfUnitVectors(Tensor x, Tensor y)
    {
        var (first, second) = (UnitVectors.Of(x), UnitVectors.Of(y));
        var squared = SquaredOf(first.Directions - second.Directions);
        return squared.mul(Numbers.Half).masked_fill((first.IsZero | second.IsZero).squeeze(1), Numbers.One);
    }

    private static Tensor SquaredOf(Tensor differences) => (differences * differences).sum(1);

    // One pair at a time: in a matrix of several, the infinite gradient of one coinciding pair would spoil the others.
    private static Tensor OfCustom(Distance distance, Tensor x, Tensor y)
    {
        // Its graph is there also where all points coincide.
        var nothing = (x - y).mul(Numbers.Zero).sum(1);
        var rows = new List<Tensor>();
        for (long i = 0; i < x.size(0); i++)
        {
            var row = CustomDistance.Matrix(distance, x.narrow(0, i, 1), y.narrow(0, i, 1)).reshape(1);
            rows.Add(row.detach().ne(Numbers.Zero).item<bool>() is false ? row.detach() : row);
        }
        return rows.Count == 0 ? nothing : cat(rows).add(nothing, Numbers.One);
    }
}
