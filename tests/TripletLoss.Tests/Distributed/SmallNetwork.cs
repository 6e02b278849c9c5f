using static TorchSharp.torch;

namespace TripletLoss.Tests;

/// <summary>A network from 5 numbers to 4, always with the same weights, on whatever rank.</summary>
internal static class SmallNetwork
{
    public static nn.Module<Tensor, Tensor> Of(ScalarType type)
    {
        var network = nn.Sequential(("first", nn.Linear(5, 8, dtype: type)), ("bend", nn.Tanh()), ("second", nn.Linear(8, 4, dtype: type)));
        using var noGradient = no_grad();
        int seed = 0;
        foreach (var parameter in network.parameters())
        {
            var random = new Random(seed++);
            parameter.copy_(TensorNumbers.ToTensor([.. Enumerable.Range(0, (int)parameter.numel()).Select(_ => random.NextDouble() - 0.5)], parameter.shape));
        }
        return network;
    }
}
