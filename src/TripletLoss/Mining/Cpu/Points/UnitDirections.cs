using System.Runtime.CompilerServices;
using System.Runtime.Intrinsics;

namespace TripletLoss;

/// <summary>
/// The cosine distance's points: vectors brought to unit length in double, less what their columns have in common, and only then rounded: near-parallel ones stay apart in float32.
/// </summary>
internal static unsafe class UnitDirections
{
    private const int RowsPerChunk = 64;
    private const double Noise = 1e-15;

    // Floats that are widened together.
    private const int Step = 8;

    /// <summary>Writes 1 / |x| of each vector, of whatever length it is; 0 for a zero vector.</summary>
    public static void Scales(float* vectors, int count, int dimension, double* scales, WorkCrew crew) => ForRows(crew, count, [MethodImpl(MethodImplOptions.AggressiveOptimization)] (row) =>
    {
        double length = Math.Sqrt(Dot(vectors + ((long)row * dimension), vectors + ((long)row * dimension), dimension));
        scales[row] = length > 0 ? 1 / length : 0;
    });

    /// <summary>[dimension]: the column means of the unit vectors, rounded as <see cref="CommonOffset{TWidth, TVector}"/> rounds them.</summary>
    public static double* Offset(float* vectors, double* scales, int count, int dimension, WorkCrew crew, NativeArena arena)
    {
        ColumnSums sums = new(count, dimension, (row, end, sums, squares) => Add(vectors, scales, row, end, dimension, sums, squares), crew, arena);
        double* offset = arena.Allocate<double>(dimension);
        for (int k = 0; k < dimension; k++)
        {
            double grid = sums.Grid(k);
            offset[k] = grid > 0 ? Math.Round(sums.Mean(k) / grid) * grid : sums.Mean(k);
        }

        return offset;
    }

    /// <summary>Writes the directions less the offset.</summary>
    public static void Write(float* vectors, double* scales, double* offset, int count, int dimension, float* directions, WorkCrew crew) => ForRows(crew, count, [MethodImpl(MethodImplOptions.AggressiveOptimization)] (row) =>
    {
        float* vector = vectors + ((long)row * dimension), direction = directions + ((long)row * dimension);
        double scale = scales[row];
        int k = 0;
        for (; k + Step <= dimension; k += Step)
        {
            (Vector256<double> low, Vector256<double> high) = Wide(vector + k);
            low = WithoutNoise((low * scale) - Vector256.Load(offset + k));
            high = WithoutNoise((high * scale) - Vector256.Load(offset + k + (Step / 2)));
            Vector256.Narrow(low, high).Store(direction + k);
        }

        for (; k < dimension; k++)
        {
            double value = (vector[k] * scale) - offset[k];
            direction[k] = Math.Abs(value) < Noise ? 0 : (float)value;
        }
    });

    /// <summary>Turns the gradient by the directions into that by the vectors: the part along a vector changes its length only, and the cosine does not see that.</summary>
    public static void ToVectors(float* vectors, double* scales, float* gradient, int count, int dimension, WorkCrew crew) => ForRows(crew, count, [MethodImpl(MethodImplOptions.AggressiveOptimization)] (row) =>
    {
        float* vector = vectors + ((long)row * dimension), slope = gradient + ((long)row * dimension);
        double scale = scales[row], along = Dot(vector, slope, dimension) * scale * scale;
        int k = 0;
        for (; k + Step <= dimension; k += Step)
        {
            (Vector256<double> low, Vector256<double> high) = Wide(vector + k);
            (Vector256<double> lowSlope, Vector256<double> highSlope) = Wide(slope + k);
            Vector256.Narrow((lowSlope - (low * along)) * scale, (highSlope - (high * along)) * scale).Store(slope + k);
        }

        for (; k < dimension; k++)
            slope[k] = (float)((slope[k] - (along * vector[k])) * scale);
    });

    /// <summary>|x̂ − ŷ|², in double throughout; 0 for equal directions, and 2 where one of them is a zero vector, which makes the cosine distance 1.</summary>
    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    public static double SquaredDistance(float* x, double scaleOfX, float* y, double scaleOfY, int dimension)
    {
        if (scaleOfX == 0 || scaleOfY == 0)
            return 2;
        Vector256<double> sum = default, left = Vector256.Create(scaleOfX), right = Vector256.Create(scaleOfY);
        int k = 0;
        for (; k + Step <= dimension; k += Step)
        {
            (Vector256<double> lowX, Vector256<double> highX) = Wide(x + k);
            (Vector256<double> lowY, Vector256<double> highY) = Wide(y + k);
            Vector256<double> low = (lowX * left) - (lowY * right), high = (highX * left) - (highY * right);
            sum += (low * low) + (high * high);
        }

        double total = Vector256.Sum(sum);
        for (; k < dimension; k++)
        {
            double difference = (x[k] * scaleOfX) - (y[k] * scaleOfY);
            total += difference * difference;
        }

        // What rounding left of equal directions.
        return total < Noise * Noise ? 0 : total;
    }

    /// <summary>gradient += Σ weight · (x̂ − ŷ), the differences in double.</summary>
    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    public static void Accumulate(float* x, double scaleOfX, float** ys, double* scales, float* weights, int count, float* gradient, int dimension)
    {
        int k = 0;
        for (; k + (2 * Step) <= dimension; k += 2 * Step)
        {
            (Vector256<double> own0, Vector256<double> own1) = Wide(x + k);
            (Vector256<double> own2, Vector256<double> own3) = Wide(x + k + Step);
            (own0, own1, own2, own3) = (own0 * scaleOfX, own1 * scaleOfX, own2 * scaleOfX, own3 * scaleOfX);
            Vector256<double> sum0 = default, sum1 = default, sum2 = default, sum3 = default;
            for (int edge = 0; edge < count; edge++)
            {
                Vector256<double> weight = Vector256.Create((double)weights[edge]), scale = Vector256.Create(scales[edge]);
                (Vector256<double> other0, Vector256<double> other1) = Wide(ys[edge] + k);
                (Vector256<double> other2, Vector256<double> other3) = Wide(ys[edge] + k + Step);
                sum0 += weight * (own0 - (scale * other0));
                sum1 += weight * (own1 - (scale * other1));
                sum2 += weight * (own2 - (scale * other2));
                sum3 += weight * (own3 - (scale * other3));
            }

            (Vector256.Load(gradient + k) + Vector256.Narrow(sum0, sum1)).Store(gradient + k);
            (Vector256.Load(gradient + k + Step) + Vector256.Narrow(sum2, sum3)).Store(gradient + k + Step);
        }

        for (; k < dimension; k++)
        {
            double sum = 0, own = x[k] * scaleOfX;
            for (int edge = 0; edge < count; edge++)
                sum += weights[edge] * (own - (ys[edge][k] * scales[edge]));
            gradient[k] += (float)sum;
        }
    }

    /// <summary>difference = x̂ − ŷ, made in double.</summary>
    public static void Difference(float* x, double scaleOfX, float* y, double scaleOfY, float* difference, int dimension)
    {
        for (int k = 0; k < dimension; k++)
            difference[k] = (float)((x[k] * scaleOfX) - (y[k] * scaleOfY));
    }

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private static (Vector256<double> Low, Vector256<double> High) Wide(float* values) => Vector256.Widen(Vector256.Load(values));

    // What rounding in double left of equal directions.
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private static Vector256<double> WithoutNoise(Vector256<double> values) =>
        Vector256.ConditionalSelect(Vector256.LessThan(Vector256.Abs(values), Vector256.Create(Noise)), Vector256<double>.Zero, values);

    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    private static double Dot(float* x, float* y, int dimension)
    {
        Vector256<double> sum = default;
        int k = 0;
        for (; k + Step <= dimension; k += Step)
        {
            (Vector256<double> lowX, Vector256<double> highX) = Wide(x + k);
            (Vector256<double> lowY, Vector256<double> highY) = Wide(y + k);
            sum += (lowX * lowY) + (highX * highY);
        }

        double total = Vector256.Sum(sum);
        for (; k < dimension; k++)
            total += (double)x[k] * y[k];
        return total;
    }

    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    private static void Add(float* vectors, double* scales, int row, int end, int dimension, double* sums, double* squares)
    {
        int k = 0;
        for (; k + Step <= dimension; k += Step)
        {
            Vector256<double> low = Vector256.Load(sums + k), high = Vector256.Load(sums + k + (Step / 2));
            Vector256<double> lowSquares = Vector256.Load(squares + k), highSquares = Vector256.Load(squares + k + (Step / 2));
            for (int i = row; i < end; i++)
            {
                (Vector256<double> lowValue, Vector256<double> highValue) = Wide(vectors + ((nint)i * dimension) + k);
                (lowValue, highValue) = (lowValue * scales[i], highValue * scales[i]);
                (low, high) = (low + lowValue, high + highValue);
                (lowSquares, highSquares) = (lowSquares + (lowValue * lowValue), highSquares + (highValue * highValue));
            }

            low.Store(sums + k);
            high.Store(sums + k + (Step / 2));
            lowSquares.Store(squares + k);
            highSquares.Store(squares + k + (Step / 2));
        }

        for (; k < dimension; k++)
        {
            for (int i = row; i < end; i++)
            {
                double value = vectors[((nint)i * dimension) + k] * scales[i];
                sums[k] += value;
                squares[k] += value * value;
            }
        }
    }

    private static void ForRows(WorkCrew crew, int count, Action<int> visit) => crew.Run((count + RowsPerChunk - 1) / RowsPerChunk, (_, chunk) =>
    {
        for (int row = chunk * RowsPerChunk; row < Math.Min((chunk + 1) * RowsPerChunk, count); row++)
            visit(row);
    });
}
