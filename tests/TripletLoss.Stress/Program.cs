using System.Globalization;
using TripletLoss.Stress;
using static TorchSharp.torch;

// usage: TripletLoss.Stress [calls]
// Exit status: 0 when every call gave what it gives in peace; 1 with the differences and exceptions otherwise. A crash has a status of its own.
long calls = args.Length > 0 ? long.Parse(args[0], CultureInfo.InvariantCulture) : 100_000;

// With one thread a call gives the same bits every time.
set_num_threads(1);
var subjects = SubjectList.All();
var expected = subjects.Select(subject => subject.Run()).ToArray();
var failures = new Failures();
using var collector = new Collector();
Parallel.For(0, 2, worker =>
{
    for (long call = worker; call < calls; call += 2)
    {
        var subject = (int)(call % subjects.Count);
        failures.Try(subjects[subject], expected[subject]);
    }
});
Console.WriteLine($"{calls} calls of {subjects.Count} kinds, {collector.Collections} collections: {failures.Count} failures");
Console.Write(failures);
return failures.Count == 0 ? 0 : 1;
