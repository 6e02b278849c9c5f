using System.Globalization;

namespace TripletLoss.Benchmarks;

/// <summary>What is measured: a loss on a batch of a size, with so many samples a class.</summary>
internal readonly record struct Workload(LossKind Loss, int Batch, int ClassSize, int Dim, DataShape Data = DataShape.Normal)
{
    private const int TinyBatch = 256;

    /// <summary>Two classes of half a batch each.</summary>
    public static Workload TwoClasses(LossKind loss, int batch, int dim, DataShape data = DataShape.Normal) =>
        new(loss, batch, batch / 2, dim, data);

    /// <summary>The loss in words.</summary>
    public string LossName => Loss switch
    {
        LossKind.SemiHard => "semi-hard",
        LossKind.Hard => "hard",
        _ => "batch-all",
    };

    /// <summary>The samples a class, as the tables write them.</summary>
    public string ClassSizeName => IsTwoClasses ? "B/2" : ClassSize.ToString(CultureInfo.InvariantCulture);

    /// <summary>The data in words.</summary>
    public string DataName => Data switch
    {
        DataShape.Normal => "normal",
        DataShape.LogNormal => "log-normal",
        DataShape.Outliers => "outliers",
        DataShape.AllEqual => "all equal",
        DataShape.Clusters => "clusters",
        DataShape.HalfActive => "half active",
        _ => "near-duplicates",
    };

    /// <summary>The batch in words.</summary>
    public string BatchDescription => $"B {Batch}, K {ClassSizeName}, d {Dim}{(Data == DataShape.Normal ? "" : ", " + DataName)}";

    /// <summary>All of it in words.</summary>
    public string Description => $"{LossName}, {BatchDescription}";

    /// <summary>The bytes of the embeddings, and so of their gradient.</summary>
    public long EmbeddingBytes => (long)Batch * Dim * sizeof(float);

    private bool IsTwoClasses => ClassSize * 2 == Batch;

    /// <summary>The same kind of work on another batch size.</summary>
    public Workload WithBatch(int batch) =>
        this with { Batch = batch, ClassSize = IsTwoClasses ? batch / 2 : Math.Min(ClassSize, batch / 2) };

    /// <summary>The same kind of work, small: what a process warms up with.</summary>
    public Workload Tiny() => WithBatch(Math.Min(Batch, TinyBatch));

    /// <summary>What a child process is told; <see cref="Parse"/> reads it.</summary>
    public override string ToString() => $"{Loss}/{Batch}/{ClassSize}/{Dim}/{Data}";

    /// <summary>Reads what <see cref="ToString"/> wrote.</summary>
    public static Workload Parse(string text)
    {
        if (text.Split('/') is not [var loss, var batch, var classSize, var dim, var data])
            throw new ArgumentException($"A workload is loss/batch/class size/dim/data, got '{text}'.", nameof(text));
        return new(Enum.Parse<LossKind>(loss), Number(batch), Number(classSize), Number(dim), Enum.Parse<DataShape>(data));
    }

    private static int Number(string text) => int.Parse(text, CultureInfo.InvariantCulture);
}
