using BenchmarkDotNet.Attributes;

namespace TripletLoss.Benchmarks;

/// <summary>Loss and gradient of small batches, where a call's own cost counts. For BenchmarkDotNet, so public and open.</summary>
public class SmallBatches
{
    private const int Dim = 64;

    private ISubject? _subject;

    /// <summary>Each loss, and TorchSharp's own.</summary>
    public static IEnumerable<string> Subjects => [.. Enum.GetNames<LossKind>(), ReadyTripletsSubject.Name];

    /// <summary>Which of them.</summary>
    [ParamsSource(nameof(Subjects))]
    public string Subject { get; set; } = "";

    /// <summary>The batch size.</summary>
    [Params(32, 64, 256)]
    public int Batch { get; set; }

    /// <summary>Makes the batch.</summary>
    [GlobalSetup]
    public void Open()
    {
        bool ours = Enum.TryParse(Subject, out LossKind loss);
        _subject = SubjectCatalogue.Open(ours ? Algorithm.OursName : Subject, new Workload(loss, Batch, 4, Dim));
    }

    /// <summary>Loss and gradient once.</summary>
    [Benchmark]
    public void LossAndGradient() => _subject!.Step();

    /// <summary>Lets go of the batch.</summary>
    [GlobalCleanup]
    public void Close() => _subject?.Dispose();
}
