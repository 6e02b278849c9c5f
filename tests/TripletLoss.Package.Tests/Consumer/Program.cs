using TripletLoss;
using static TorchSharp.torch;

manual_seed(1);
var images = randn(32, 8);
var labels = arange(32) % 4;
var network = nn.Linear(8, 4);
var optimizer = optim.Adam(network.parameters(), 0.05);
var loss = new TripletSemiHardLoss(margin: 0.5);

for (var step = 1; step <= 3; step++)
{
    using var scope = NewDisposeScope();
    var value = loss.Call(labels, network.call(images));
    optimizer.zero_grad();
    value.backward();
    optimizer.step();
    Console.WriteLine(FormattableString.Invariant($"step {step}: {value.item<float>()}"));
}

Console.WriteLine(Losses.Serialize(loss));
