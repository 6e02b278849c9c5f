using System.Numerics;
using TorchSharp;
using static TorchSharp.torch;

namespace Kanji;

/// <summary>
/// Images in the plane: each is drawn towards its nearest neighbours and pushed away from random others, from the two directions of largest variance (PCA) on.
/// The forces are UMAP's (McInnes, Healy, Melville 2018) with a = b = 1.
/// </summary>
internal static class NeighbourLayout
{
    private const int Neighbours = 8;
    private const int Rounds = 100;
    private const int Repelled = 3;
    private const float Reach = 10;

    public static Vector2[] Of(Tensor vectors, Ranking ranking)
    {
        var places = Flat(vectors);
        var random = new Random(0);
        for (var round = 0; round < Rounds; round++)
        {
            var step = 0.5f * (1 - ((float)round / Rounds));
            for (var one = 0; one < places.Length; one++)
            {
                foreach (var other in ranking.Nearest[one].AsSpan(0, Neighbours))
                {
                    var pull = Attraction(places[one] - places[other]) * step;
                    places[one] += pull;
                    places[other] -= pull;
                }

                for (var draw = 0; draw < Neighbours * Repelled; draw++)
                    places[one] += Repulsion(places[one] - places[random.Next(places.Length)]) * step;
            }
        }

        return places;
    }

    private static Vector2 Attraction(Vector2 between) => Limited(between * (-2 / (1 + between.LengthSquared())));

    private static Vector2 Repulsion(Vector2 between)
    {
        var squared = between.LengthSquared();
        return Limited(between * (2 / ((0.001f + squared) * (1 + squared))));
    }

    private static Vector2 Limited(Vector2 force) => Vector2.Clamp(force, new Vector2(-4), new Vector2(4));

    private static Vector2[] Flat(Tensor vectors)
    {
        using var scope = NewDisposeScope();
        using var without = no_grad();
        using var minus = (-1.0).ToScalar();
        var centred = vectors.add(vectors.mean([0], keepdim: true), minus);
        // Ascending, so the last two directions are the largest.
        var (_, directions) = linalg.eigh(centred.t().mm(centred));
        var flat = centred.mm(directions.narrow(1, directions.shape[1] - 2, 2)).data<float>().ToArray();
        var most = flat.Max(MathF.Abs) + float.Epsilon;
        return [.. flat.Chunk(2).Select(place => new Vector2(place[1], place[0]) * (Reach / most))];
    }
}
