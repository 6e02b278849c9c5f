using TripletLoss.Benchmarks;

switch (args)
{
    case [FirstCalls.Command, var subject, var workload]:
        Console.WriteLine(FirstCalls.Answer(subject, Workload.Parse(workload)));
        return 0;
    case [PeakMemory.Command, var subject, var workload]:
        Console.WriteLine(PeakMemory.Answer(subject, Workload.Parse(workload)));
        return 0;
    case [SteadyStep.Command, var subject, var workload]:
        Console.WriteLine(SteadyStep.Answer(subject, Workload.Parse(workload)));
        return 0;
    case ["--help" or "-h"]:
        Console.WriteLine(Options.Help);
        return 0;
}

Options options;
try
{
    options = Options.Parse(args);
}
catch (ArgumentException error)
{
    Console.Error.WriteLine(error.Message);
    return 2;
}

IMeasurement[] measurements = [.. Plan.Of(options.Quick).Where(options.Wants)];
if (measurements is [])
{
    Console.Error.WriteLine($"No measurement's title contains '{options.Only}'; --list lists them.");
    return 2;
}
if (options.List)
{
    foreach (var measurement in measurements)
        Console.WriteLine(measurement.Title);
    return 0;
}

Threads.UseAllCores();
var findings = new Findings();
RunProgress.Run(measurements, findings);
string report = ReportPage.Write(findings, options);
Console.Write(report);
if (options.Output is { } page)
    Document.Put(page, report);
return findings.Failures.Count == 0 ? 0 : 1;
