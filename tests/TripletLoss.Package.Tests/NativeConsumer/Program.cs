using System.Runtime.CompilerServices;
using TripletLoss;
using static TorchSharp.torch;

var labels = tensor(new long[] { 0, 0, 1, 1 });
var embeddings = tensor(new float[] { 0, 1, 3, 7 }, [4, 1]);
Loss[] losses = [new TripletSemiHardLoss(4), new TripletHardLoss(4, distance: Distance.Euclidean), new TripletBatchAllLoss(4, activeOnly: false)];
foreach (var loss in losses)
{
    var points = embeddings.detach().requires_grad_();
    loss.Call(labels, points).backward();
    var again = Losses.Deserialize(Losses.Serialize(loss));
    Console.WriteLine(FormattableString.Invariant($"{again.Name}: {again.Call(labels, embeddings).item<float>()}, {string.Join(' ', points.grad!.data<float>().ToArray())}"));
}

using var triplets = TripletMiner.BatchHard(labels, embeddings);
Console.WriteLine(string.Join(' ', triplets.Negatives.data<long>().ToArray()));
Console.WriteLine(new TripletSemiHardLoss(4).Inspect(labels, embeddings).ActiveTerms);
Console.WriteLine(RuntimeFeature.IsDynamicCodeSupported ? "compiled as it runs" : "compiled ahead of time");
