using System.Globalization;
using TripletLoss;
using TripletLoss.Benchmarks;

var workload = Workload.Parse(args[0]);
using var batch = Batch.Of(workload);
var loss = new TripletSemiHardLoss();
Console.WriteLine(SteadyLoop.MedianSeconds(() =>
{
    using var scope = NewDisposeScope();
    loss.Call(batch.Labels, batch.Embeddings.detach().requires_grad_()).backward();
}).ToString(CultureInfo.InvariantCulture));
