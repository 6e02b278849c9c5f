using F = TorchSharp.torch.nn.functional;
using Reduction = TorchSharp.torch.nn.Reduction;

namespace TorchSharp.Modules;

public sealed class MSELoss(Reduction reduction = Reduction.Mean) : Loss<torch.Tensor, torch.Tensor, torch.Tensor>(reduction)
{
    public override torch.Tensor forward(torch.Tensor input, torch.Tensor target) => F.mse_loss(input, target, reduction);
}

public sealed class L1Loss(Reduction reduction = Reduction.Mean) : Loss<torch.Tensor, torch.Tensor, torch.Tensor>(reduction)
{
    public override torch.Tensor forward(torch.Tensor input, torch.Tensor target) => F.l1_loss(input, target, reduction);
}

public sealed class SmoothL1Loss(Reduction reduction = Reduction.Mean, double beta = 1) : Loss<torch.Tensor, torch.Tensor, torch.Tensor>(reduction)
{
    public double beta { get; } = beta;

    public override torch.Tensor forward(torch.Tensor input, torch.Tensor target) => F.smooth_l1_loss(input, target, reduction, beta);
}

public sealed class BCELoss(torch.Tensor? weight = null, Reduction reduction = Reduction.Mean)
    : WeightedLoss<torch.Tensor, torch.Tensor, torch.Tensor>(weight, reduction)
{
    public override torch.Tensor forward(torch.Tensor input, torch.Tensor target) => F.binary_cross_entropy(input, target, weight, reduction);
}

public sealed class BCEWithLogitsLoss(torch.Tensor? weight = null, Reduction reduction = Reduction.Mean, torch.Tensor? pos_weights = null)
    : WeightedLoss<torch.Tensor, torch.Tensor, torch.Tensor>(weight, reduction)
{
    public torch.Tensor? pos_weights { get; } = pos_weights;

    public override torch.Tensor forward(torch.Tensor input, torch.Tensor target) =>
        F.binary_cross_entropy_with_logits(input, target, weight, reduction, pos_weights);
}

public sealed class NLLLoss(torch.Tensor? weight = null, Reduction reduction = Reduction.Mean)
    : WeightedLoss<torch.Tensor, torch.Tensor, torch.Tensor>(weight, reduction)
{
    public override torch.Tensor forward(torch.Tensor input, torch.Tensor target) => F.nll_loss(input, target, weight, reduction);
}

public sealed class CrossEntropyLoss(
    torch.Tensor? weight = null, long? ignore_index = null, Reduction reduction = Reduction.Mean, double label_smoothing = 0)
    : WeightedLoss<torch.Tensor, torch.Tensor, torch.Tensor>(weight, reduction)
{
    public long? ignore_index { get; } = ignore_index;

    public double label_smoothing { get; } = label_smoothing;

    public override torch.Tensor forward(torch.Tensor input, torch.Tensor target) =>
        F.cross_entropy(input, target, weight, ignore_index ?? -100, reduction, label_smoothing);
}

public sealed class CosineEmbeddingLoss(double margin = 0, Reduction reduction = Reduction.Mean)
    : Loss<torch.Tensor, torch.Tensor, torch.Tensor, torch.Tensor>(reduction)
{
    public double margin { get; } = margin;

    public override torch.Tensor forward(torch.Tensor input1, torch.Tensor input2, torch.Tensor target) =>
        F.cosine_embedding_loss(input1, input2, target, margin, reduction);
}
