using BenchmarkDotNet.Columns;
using BenchmarkDotNet.Configs;
using BenchmarkDotNet.Diagnosers;
using BenchmarkDotNet.Filters;
using BenchmarkDotNet.Jobs;
using BenchmarkDotNet.Loggers;
using BenchmarkDotNet.Reports;
using BenchmarkDotNet.Running;
using BenchmarkDotNet.Toolchains.InProcess.Emit;
using Perfolizer.Horology;

namespace TripletLoss.Benchmarks;

/// <summary>Small batches by BenchmarkDotNet, inside this process: its own build would not know where TorchSharp comes from.</summary>
internal sealed class MicroMeasurement(bool quick) : IMeasurement
{
    private const double SecondsOfNanosecond = 1e-9;

    public string Title => "small batches";

    public void Run(Findings findings)
    {
        string folder = Directory.CreateTempSubdirectory("benchmarks").FullName;
        try
        {
            var summary = BenchmarkRunner.Run<SmallBatches>(Config(folder));
            findings.Micro.AddRange(summary.Reports.Select(Finding));
        }
        finally
        {
            Directory.Delete(folder, recursive: true);
        }
    }

    private ManualConfig Config(string folder) => ManualConfig.CreateEmpty()
        .AddJob(Job.Default
            .WithToolchain(InProcessEmitToolchain.Instance)
            .WithWarmupCount(quick ? 2 : 5)
            .WithIterationCount(quick ? 5 : 15)
            .WithIterationTime(TimeInterval.FromMilliseconds(quick ? 50 : 150)))
        .AddFilter(new SimpleFilter(benchmark => !quick || BatchOf(benchmark) == 64))
        .AddDiagnoser(MemoryDiagnoser.Default)
        .AddColumnProvider(DefaultColumnProviders.Instance)
        .AddLogger(NullLogger.Instance)
        .WithArtifactsPath(folder)
        .WithOptions(ConfigOptions.DisableLogFile);

    private static MicroFinding Finding(BenchmarkReport report)
    {
        var samples = report.GetResultRuns().Select(run => run.GetAverageTime().Nanoseconds * SecondsOfNanosecond);
        return new(
            (string)report.BenchmarkCase.Parameters[nameof(SmallBatches.Subject)], BatchOf(report.BenchmarkCase), Spread.Of(samples),
            report.GcStats.GetBytesAllocatedPerOperation(report.BenchmarkCase) ?? 0);
    }

    private static int BatchOf(BenchmarkCase benchmark) => (int)benchmark.Parameters[nameof(SmallBatches.Batch)];
}
