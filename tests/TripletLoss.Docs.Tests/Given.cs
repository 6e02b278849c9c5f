using System.Collections.Generic;
using System.Linq;
using TorchSharp;
using static TorchSharp.torch;

/// <summary>What a code block may use without saying so.</summary>
public static class Given
{
    /// <summary>16 samples of 4 classes.</summary>
    public static Tensor labels { get; } = tensor([.. Enumerable.Range(0, 16).Select(i => i % 4L)]);

    public static Tensor images { get; } = randn(16, 64);

    public static Tensor embeddings { get; } = nn.functional.normalize(randn(16, 8)).requires_grad_();

    public static Tensor pastLabels { get; } = tensor([.. Enumerable.Range(0, 32).Select(i => i % 4L)]);

    public static Tensor pastEmbeddings { get; } = nn.functional.normalize(randn(32, 8));

    public static Tensor heldOutLabels { get; } = tensor([.. Enumerable.Range(0, 16).Select(i => 4 + (i % 4L))]);

    public static Tensor heldOutImages { get; } = randn(16, 64);

    public static TorchSharp.Modules.TensorDataset dataset { get; } = utils.data.TensorDataset(images, labels);

    public static TripletLoss.Loss loss { get; } = new TripletLoss.TripletSemiHardLoss();

    public static nn.Module<Tensor, Tensor> model { get; } = nn.Linear(64, 8);

    public static nn.Module<Tensor, Tensor> encoder => model;

    public static Tensor anchors { get; } = randn(16, 64);

    public static Tensor positives { get; } = randn(16, 64);

    public static Tensor negatives { get; } = randn(16, 64);

    public static optim.Optimizer optimizer { get; } = optim.SGD(model.parameters(), 0.01);

    public static IEnumerable<(Tensor Images, Tensor Labels)> batches { get; } = [(images, labels), (images, labels)];
}
