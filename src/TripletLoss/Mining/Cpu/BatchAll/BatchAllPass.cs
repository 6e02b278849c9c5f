namespace TripletLoss;

/// <summary>
/// Batch-all for few positives a class: tiles against every reach by brute force, and the gradient of the negatives from
/// the tile of weights by two products while it is hot. The positives are few: their weights are what the reaches
/// counted, left to the sparse gradient. A lane of tiles is one chunk of work, so that its sums have a fixed order.
/// </summary>
internal sealed unsafe class BatchAllPass<TWidth, TVector>
    where TWidth : struct, IVectorWidth<TVector>
    where TVector : struct
{
    private readonly SimdProblem _problem;
    private readonly ClassIndex _classes;
    private readonly PackedDistances<TWidth, TVector> _tiles;
    private readonly ThresholdTable _table;
    private readonly TileGrid _grid;
    private readonly WorkCrew _crew;
    private readonly NativeArena _arena;
    private readonly BatchAllLane<TWidth, TVector>?[] _lanes;
    private readonly BatchAllBuffers?[] _buffers;
    private readonly float* _coefficients;
    private DenseGradient<TWidth, TVector>? _gradient;
    private ClosePairs<TWidth, TVector>? _closePairs;

    public BatchAllPass(
        in SimdProblem problem, ClassIndex classes, PackedDistances<TWidth, TVector> tiles, WorkCrew crew, NativeArena arena)
    {
        _problem = problem;
        _classes = classes;
        _tiles = tiles;
        _crew = crew;
        _arena = arena;
        _table = new(classes, TWidth.Lanes, onePerAnchor: false, arena);
        _grid = new(problem.AnchorCount, problem.ReferenceCount, problem.MinesItself);
        _lanes = new BatchAllLane<TWidth, TVector>?[Math.Min(DenseGradient<TWidth, TVector>.Lanes(problem, crew), _grid.Count)];
        _buffers = new BatchAllBuffers?[crew.MaximumWorkers];
        _coefficients = arena.AllocateZeroed<float>((long)tiles.Rows.PanelCount * PackedPoints<TWidth, TVector>.PanelWidth);
        for (int anchor = 0; anchor < classes.AnchorCount && problem.WantsGradient; anchor++)
            _coefficients[anchor] = (float)(-2 * problem.Coefficients[classes.AnchorOrder[anchor]]);
    }

    /// <summary>Writes the sums and the gradient; returns the number of active triplets.</summary>
    public long Run()
    {
        float* positives = FillReaches();
        if (_problem.WantsGradient)
        {
            _gradient = new(_problem, _classes, _tiles.Offset, _crew, _arena);
            _closePairs = new(_problem, _classes, _tiles);
        }

        int lanes = _lanes.Length;
        _crew.Run(lanes, (worker, lane) =>
        {
            BatchAllLane<TWidth, TVector> sums = _lanes[lane] = new(_problem, _table, _arena);
            for (int tile = (int)((long)lane * _grid.Count / lanes); tile < (int)((lane + 1L) * _grid.Count / lanes); tile++)
                Visit(_buffers[worker] ??= new(_grid.Edge, TWidth.Lanes, _arena), sums, tile);
        });

        _tiles.Columns.FreePanels(_arena);
        TripletTerms terms = new(_classes.PairStart, _classes.AnchorCount, _arena);
        long active = SumUp(terms, positives);
        if (_gradient is not null)
        {
            new SparseGradient<TWidth, TVector>(_problem, _classes, terms, _crew, _arena).Run();
            _gradient.Finish([.. _lanes.Select(lane => lane?.Anchors)], [.. _lanes.Select(lane => lane?.References)]);
        }

        return active;
    }

    /// <summary>Turns the table's thresholds into reaches; returns the squared distances of the pairs.</summary>
    private float* FillReaches()
    {
        float* positives = _arena.AllocateZeroed<float>(_table.Length);
        new PositiveDistances<TWidth, TVector>(_tiles, _classes, _crew).FillThresholds(_table);
        for (long slot = 0; slot < _table.Length; slot++)
        {
            bool used = _table.Thresholds[slot] != ThresholdTable.Never;
            positives[slot] = used ? BitConverter.UInt32BitsToSingle(_table.Thresholds[slot] - 1) : 0;
            _table.Thresholds[slot] = used ? Reach(positives[slot]) : 0;
        }

        return positives;
    }

    /// <summary>At most the largest float, which stands for what is no negative.</summary>
    private uint Reach(float squared) => Math.Min(BitConverter.SingleToUInt32Bits(float.MaxValue), _problem.Scale switch
    {
        DistanceScale.Root => BatchAllRow<RootScale>.Reach(squared, _problem.Margin),
        DistanceScale.HalfSquared => BatchAllRow<HalfSquaredScale>.Reach(squared, _problem.Margin),
        _ => BatchAllRow<SquaredScale>.Reach(squared, _problem.Margin),
    });

    private void Visit(BatchAllBuffers buffers, BatchAllLane<TWidth, TVector> lane, int index)
    {
        TilePlace place = _grid.At(index);
        int edge = _grid.Edge;
        int panel = place.Column / PackedPoints<TWidth, TVector>.PanelWidth;
        int panelEnd = Math.Min(panel + (edge / PackedPoints<TWidth, TVector>.PanelWidth), _tiles.Columns.PanelCount);
        int columns = (panelEnd - panel) * PackedPoints<TWidth, TVector>.PanelWidth;
        bool hasClose = _tiles.Fill(place.Row, place.Rows, panel, panelEnd, buffers.Distances, edge, upper: place.Diagonal);
        _tiles.Exclude(
            place.Row, place.Rows, panel, panelEnd, buffers.Distances, edge, BitConverter.SingleToUInt32Bits(float.MaxValue));
        if (place.Diagonal)
            ExcludeLower(buffers.Distances, place.Rows);

        CountRows(buffers, lane, place, columns);
        if (_problem.MinesItself)
            CountColumns(buffers, lane, place, columns);
        if (_gradient is null)
            return;
        for (int i = 0; i < place.Rows; i++)
        {
            RankWeigher<TWidth, TVector>.Slope(
                _problem.Scale, buffers.Distances + ((nint)i * edge), columns, buffers.Weights + ((nint)i * edge));
            if (!hasClose)
                continue;
            _closePairs?.Move(
                buffers.Distances + ((nint)i * edge), buffers.Weights + ((nint)i * edge), place.Row + i, place.Column,
                Math.Min(columns, _classes.ReferenceCount - place.Column), lane.Anchors!, place.Row + i, lane.References);
        }

        if (!_tiles.Zeros.IsEmpty)
            _tiles.Zeros.Overwrite(0, place.Row, place.Rows, place.Column, columns, buffers.Weights, edge);
        _gradient.Add(
            buffers.Weights, edge, place.Row, place.Rows, place.Column,
            Math.Min(columns, _classes.ReferenceCount - place.Column), lane.Anchors!, lane.References);
    }

    private void ExcludeLower(float* tile, int rows)
    {
        for (int i = 0; i < rows; i++)
            new Span<float>(tile + ((nint)i * _grid.Edge), i + 1).Fill(float.MaxValue);
    }

    private void CountRows(BatchAllBuffers buffers, BatchAllLane<TWidth, TVector> lane, TilePlace place, int columns)
    {
        for (int i = 0; i < place.Rows; i++)
        {
            int anchor = place.Row + i;
            float* distances = buffers.Distances + ((nint)i * _grid.Edge);
            float* ranks = buffers.Weights + ((nint)i * _grid.Edge);
            long first = _table.First(anchor);
            int slots = _table.Slots(anchor / TWidth.Lanes);
            if (slots == 0)
            {
                new Span<float>(ranks, columns).Clear();
                continue;
            }

            RankCounter<TWidth, TVector>.Row(
                distances, columns, (float*)_table.Thresholds + first, lane.Counts + first, slots, ranks);
            lane.RankedDistances[anchor] +=
                RankWeigher<TWidth, TVector>.Row(_problem.Scale, distances, columns, _coefficients[anchor], ranks);
        }
    }

    private void CountColumns(BatchAllBuffers buffers, BatchAllLane<TWidth, TVector> lane, TilePlace place, int columns)
    {
        for (int j = 0; j < columns; j += TWidth.Lanes)
        {
            int anchor = place.Column + j;
            int group = anchor / TWidth.Lanes;
            if (group >= _table.Groups)
                break;
            long first = _table.GroupFirst(group);
            int slots = _table.Slots(group);
            if (slots == 0)
                continue;
            RankCounter<TWidth, TVector>.Columns(
                buffers.Distances + j, _grid.Edge, place.Rows, (float*)_table.Thresholds + first, lane.Counts + first, slots,
                buffers.Ranks);
            RankWeigher<TWidth, TVector>.Columns(
                _problem.Scale, buffers.Distances + j, _grid.Edge, place.Rows, buffers.Ranks, _coefficients + anchor,
                buffers.Weights + j, lane.RankedDistances + anchor);
        }
    }

    /// <summary>Adds up the lanes: sums of hinges, weights of the positives, active triplets.</summary>
    private long SumUp(TripletTerms terms, float* positives)
    {
        long active = 0;
        for (int anchor = 0; anchor < _classes.AnchorCount; anchor++)
        {
            int original = _classes.AnchorOrder[anchor];
            double coefficient = _problem.WantsGradient ? _problem.Coefficients[original] : 0;
            long first = _table.First(anchor);
            double loss = 0;
            foreach (BatchAllLane<TWidth, TVector>? lane in _lanes)
                loss -= lane!.RankedDistances[anchor];
            for (int slot = 0; slot < _classes.Positives(anchor); slot++)
            {
                long place = first + ((long)slot * _table.Lanes);
                long within = 0;
                foreach (BatchAllLane<TWidth, TVector>? lane in _lanes)
                    within += lane!.Counts[place];
                active += within;
                loss += within * (_problem.Scale.Apply(positives[place]) + _problem.Margin);
                long term = terms.Start[anchor] + slot;
                terms.Positive[term] = _classes.ReferenceOrder[_classes.PositiveAt(anchor, slot)];
                terms.PositiveWeight[term] = _problem.IsZeroPair(original, terms.Positive[term])
                    ? 0
                    : (float)(coefficient * within * _problem.Scale.Slope(positives[place]));
            }

            _problem.Sums[original] = Math.Max(loss, 0);
        }

        return active;
    }
}
