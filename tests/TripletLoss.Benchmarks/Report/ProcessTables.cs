namespace TripletLoss.Benchmarks;

/// <summary>The tables of memory, cold starts and small batches.</summary>
internal static class ProcessTables
{
    private const string Unknown = "–";

    /// <summary>Peak memory.</summary>
    public static MarkdownTable OfMemory(Findings findings)
    {
        var table = new MarkdownTable("what", "loss", " B", " K", " d", " threads", " MiB beyond input and gradient", "limit", "met");
        foreach (var (plan, bytes) in findings.Memory)
        {
            string met = plan.Target is null ? "" : bytes is null ? Unknown : plan.Target.IsMetBy(bytes.Value / (1 << 20)) ? "yes" : "**no**";
            table.Add(
                plan.Subject, plan.Subject == SubjectCatalogue.Product ? "" : plan.Workload.LossName, $"{plan.Workload.Batch}",
                plan.Workload.ClassSizeName, $"{plan.Workload.Dim}", $"{plan.Threads ?? get_num_threads()}", bytes is { } known ? Figures.Mebibytes(known) : Unknown,
                plan.Target?.Limit ?? "", met);
        }
        return table;
    }

    /// <summary>Cold starts.</summary>
    public static MarkdownTable OfColdStarts(Findings findings)
    {
        var table = new MarkdownTable("what", " B", " d", " libtorch and the batch, ms", " first call, ms", " second call, ms");
        foreach (var (algorithm, workload, calls) in findings.ColdStarts)
        {
            table.Add(
                algorithm == Algorithm.OursName ? workload.LossName : algorithm, $"{workload.Batch}", $"{workload.Dim}",
                Milliseconds(calls?.FirstTensor), Milliseconds(calls?.First), Milliseconds(calls?.Second));
        }
        return table;
    }

    /// <summary>With other programs at work.</summary>
    public static MarkdownTable OfBusyMachine(Findings findings)
    {
        var table = new MarkdownTable("batch", " threads", "OMP_WAIT_POLICY", " idle: loss, ms", " X·Xᵀ, ms", " one core left: loss, ms", " X·Xᵀ, ms");
        foreach (var (workload, policy, threads, loss, product, busyLoss, busyProduct) in findings.BusyMachine)
        {
            table.Add(
                workload.Description, $"{threads}", policy ?? "not set", Milliseconds(loss), Milliseconds(product), Milliseconds(busyLoss), Milliseconds(busyProduct));
        }
        return table;
    }

    /// <summary>Small batches.</summary>
    public static MarkdownTable OfSmallBatches(Findings findings)
    {
        var table = new MarkdownTable("what", " B", " µs a call", " managed KiB a call");
        foreach (var finding in findings.Micro)
        {
            table.Add(
                Enum.TryParse(finding.Subject, out LossKind loss) ? new Workload(loss, 0, 0, 0).LossName : finding.Subject, $"{finding.Batch}",
                Figures.WithQuartiles(finding.Time.Over(1e-6)), Figures.Kibibytes(finding.AllocatedBytes));
        }
        return table;
    }

    private static string Milliseconds(double? seconds) => seconds is { } known ? Figures.Milliseconds(known) : Unknown;
}
