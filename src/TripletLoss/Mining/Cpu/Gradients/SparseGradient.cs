using System.Runtime.CompilerServices;

namespace TripletLoss;

/// <summary>
/// The gradient of weighted squared distances: every edge (anchor, reference, weight) pulls 2 · weight · (x − y) at both
/// ends. Each row is written by one owner, from its own terms and from a list of the terms that chose it, so that
/// there are no atomics and the order of the sum is fixed.
/// </summary>
internal sealed unsafe class SparseGradient<TWidth, TVector>(
    SimdProblem problem, ClassIndex classes, TripletTerms terms, WorkCrew crew, NativeArena arena)
    where TWidth : struct, IVectorWidth<TVector>
    where TVector : struct
{
    private const int RowsPerChunk = 64;

    // Edges are gathered in lists of this length on the stack.
    private const int Batch = 128;

    // Anchors in so many shares collect the edges to the references side by side. Each share goes through all references.
    private const int MostShares = 8;

    private readonly int _shares = (int)Math.Clamp(terms.Count / classes.ReferenceCount, 1, Math.Min(crew.MaximumWorkers, MostShares));
    private readonly IncomingEdges?[] _incoming = new IncomingEdges?[MostShares];
    private readonly AlikePositives<TWidth, TVector>?[] _alike = new AlikePositives<TWidth, TVector>?[crew.MaximumWorkers];

    public void Run()
    {
        bool wantsReferences = problem.MinesItself || problem.ReferenceGradient != null;
        if (wantsReferences)
            crew.Run(_shares, (_, share) => _incoming[share] = new(problem, classes, terms, AnchorsBefore(share), AnchorsBefore(share + 1), arena));
        RunRows(classes.AnchorCount, problem.AnchorGradient, outgoing: true, incoming: problem.MinesItself);
        if (!problem.MinesItself && wantsReferences)
            RunRows(classes.ReferenceCount, problem.ReferenceGradient, outgoing: false, incoming: true);
    }

    private int AnchorsBefore(int share) => (int)((long)classes.AnchorCount * share / _shares);

    private void RunRows(int count, float* gradient, bool outgoing, bool incoming)
    {
        bool isRead = problem.Rule == RuleKind.BatchAll || problem.AnchorScales != null;
        GradientRows rows = new(count, problem.Dimension, isRead, crew.MaximumWorkers, arena);
        crew.Run((count + RowsPerChunk - 1) / RowsPerChunk, (worker, chunk) =>
        {
            AlikePositives<TWidth, TVector> alike = _alike[worker] ??= new(problem, classes, terms, arena);
            float** others = stackalloc float*[Batch];
            float* weights = stackalloc float[Batch];
            double* scales = stackalloc double[Batch];
            float* sum = rows.Of(worker);
            int end = Math.Min((chunk + 1) * RowsPerChunk, count);
            for (int row = chunk * RowsPerChunk; row < end; row++)
            {
                int original = outgoing ? classes.AnchorOrder[row] : row;
                bool isAlike = outgoing && alike.Include(row);
                if (isAlike)
                    alike.Pull(row, sum);
                else
                    new Span<float>(sum, problem.Dimension).Clear();
                PointSet own = outgoing ? Anchors : References;
                EdgeList edges = new(others, weights, scales, own.Point(original, problem.Dimension), own.Scale(original), sum, problem.Dimension);
                if (outgoing && !isAlike)
                    AddPositives(ref edges, row);
                if (outgoing)
                    AddNegatives(ref edges, row);
                if (incoming)
                    AddIncoming(ref edges, original);
                edges.Flush();
                rows.Write(worker, gradient + ((long)original * problem.Dimension));
            }

            GradientRows.Publish();
        });
    }

    // The two terms of a pair are one edge.
    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    private void AddPositives(ref EdgeList edges, int anchor)
    {
        PointSet references = References;
        for (long term = terms.Start[anchor], end = terms.Start[anchor + 1]; term < end; term++)
            edges.Add(references, terms.Positive[term], terms.PositiveWeight[term] + (terms.AreAllPairs ? ReturnedWeight(anchor, (int)(term - terms.Start[anchor])) : 0));
    }

    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    private void AddNegatives(ref EdgeList edges, int anchor)
    {
        PointSet references = References;
        int* negatives = terms.Negative;
        float* weights = terms.NegativeWeight;
        for (long term = terms.Start[anchor], end = terms.Start[anchor + 1]; term < end; term++)
            edges.Add(references, negatives[term], weights[term]);
    }

    // Of the term in which the positive is the anchor.
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private float ReturnedWeight(int anchor, int slot)
    {
        int positive = classes.PositiveAt(anchor, slot);
        return terms.PositiveWeight[terms.Start[positive] + classes.SlotOf(positive, anchor)];
    }

    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    private void AddIncoming(ref EdgeList edges, int original)
    {
        PointSet anchors = Anchors;
        for (int share = 0; share < _shares; share++)
        {
            foreach (IncomingEdge edge in _incoming[share]!.Of(original))
                edges.Add(anchors, edge.Anchor, edge.Weight);
        }
    }

    private PointSet Anchors => problem.AnchorScales == null ? new(problem.Anchors, null) : new(problem.GivenAnchors, problem.AnchorScales);

    private PointSet References => problem.AnchorScales == null ? new(problem.References, null) : new(problem.GivenReferences, problem.ReferenceScales);

    /// <summary>Points and, by cosine, what brings each to unit length: their differences are then made in double.</summary>
    private readonly record struct PointSet(nint Points, nint Scales)
    {
        public PointSet(float* points, double* scales)
            : this((nint)points, (nint)scales)
        {
        }

        public float* Point(int index, int dimension) => (float*)Points + ((long)index * dimension);

        public double Scale(int index) => Scales == 0 ? 0 : ((double*)Scales)[index];
    }

    /// <summary>Some edges of one row, added to its gradient a few at a time.</summary>
    private ref struct EdgeList(float** others, float* weights, double* scales, float* point, double scale, float* gradient, int dimension)
    {
        private int _count;

        [MethodImpl(MethodImplOptions.AggressiveInlining)]
        public void Add(PointSet points, int index, float weight)
        {
            if (weight == 0)
                return;
            others[_count] = points.Point(index, dimension);
            scales[_count] = points.Scale(index);
            weights[_count++] = 2 * weight;
            if (_count == Batch)
                Flush();
        }

        public void Flush()
        {
            if (_count != 0 && scale == 0)
                Accumulate(point, others, weights, _count, gradient, dimension);
            else if (_count != 0)
                UnitDirections.Accumulate(point, scale, others, scales, weights, _count, gradient, dimension);
            _count = 0;
        }
    }

    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    private static void Accumulate(float* point, float** others, float* weights, int count, float* gradient, int dimension)
    {
        int k = 0;
        for (; k + (4 * TWidth.Lanes) <= dimension; k += 4 * TWidth.Lanes)
        {
            float* x = point + k;
            TVector x0 = TWidth.Load(x), x1 = TWidth.Load(x + TWidth.Lanes);
            TVector x2 = TWidth.Load(x + (2 * TWidth.Lanes)), x3 = TWidth.Load(x + (3 * TWidth.Lanes));
            float* sum = gradient + k;
            TVector s0 = TWidth.Load(sum), s1 = TWidth.Load(sum + TWidth.Lanes);
            TVector s2 = TWidth.Load(sum + (2 * TWidth.Lanes)), s3 = TWidth.Load(sum + (3 * TWidth.Lanes));
            for (int edge = 0; edge < count; edge++)
            {
                TVector weight = TWidth.Broadcast(weights[edge]);
                float* y = others[edge] + k;
                s0 = TWidth.MultiplyAdd(weight, TWidth.Subtract(x0, TWidth.Load(y)), s0);
                s1 = TWidth.MultiplyAdd(weight, TWidth.Subtract(x1, TWidth.Load(y + TWidth.Lanes)), s1);
                s2 = TWidth.MultiplyAdd(weight, TWidth.Subtract(x2, TWidth.Load(y + (2 * TWidth.Lanes))), s2);
                s3 = TWidth.MultiplyAdd(weight, TWidth.Subtract(x3, TWidth.Load(y + (3 * TWidth.Lanes))), s3);
            }

            TWidth.Store(sum, s0);
            TWidth.Store(sum + TWidth.Lanes, s1);
            TWidth.Store(sum + (2 * TWidth.Lanes), s2);
            TWidth.Store(sum + (3 * TWidth.Lanes), s3);
        }

        for (; k < dimension; k++)
        {
            for (int edge = 0; edge < count; edge++)
                gradient[k] += weights[edge] * (point[k] - others[edge][k]);
        }
    }
}
