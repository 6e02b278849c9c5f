using TorchSharp;
using TripletLoss;
using static TorchSharp.torch;

// Made-up data: every batch has new points, 8 around each of 8 centres.
manual_seed(0);
var labels = tensor([.. Enumerable.Range(0, 64).Select(i => i % 8L)]);
var centres = randn(8, 20);
using var spread = 1.5.ToScalar();
Tensor Batch() => centres.index_select(0, labels).add(randn(64, 20), spread);

var model = nn.Sequential(nn.Linear(20, 32), nn.ReLU(), nn.Linear(32, 4));
var optimizer = optim.Adam(model.parameters(), 0.01);
var loss = new TripletSemiHardLoss(margin: 0.5);

for (var step = 0; step <= 200; step++)
{
    using var scope = NewDisposeScope();
    var embeddings = nn.functional.normalize(model.call(Batch()));
    var value = loss.Call(labels, embeddings); // Keras's order: yTrue, yPred
    optimizer.zero_grad();
    value.backward();
    optimizer.step();
    if (step % 50 == 0)
        Console.WriteLine($"step {step,3}: loss {value.item<float>():F3}, MAP@R {RetrievalMetrics.LeaveOneOut(labels, embeddings).MeanAveragePrecisionAtR:F3}");
}

Console.WriteLine(Losses.Serialize(loss));
