using System.Runtime.InteropServices;
using TorchSharp;
using static TorchSharp.torch;

namespace TripletLoss;

/// <summary>The one place where per-anchor losses are weighted and reduced.</summary>
/// <param name="reduction">How to reduce.</param>
/// <param name="weights">The weights: null, a scalar or [anchors].</param>
/// <param name="anchors">The number of anchors.</param>
internal readonly struct Reducer(LossReduction reduction, Tensor? weights, long anchors)
{
    private bool IsMean => reduction is LossReduction.SumOverBatchSize or LossReduction.MeanWithSampleWeight;

    // Of each of some losses without weights. An empty batch has a mean of 0.
    private double Share => IsMean ? 1.0 / Math.Max(anchors, 1) : 1;

    /// <summary>The derivative of the reduced loss by each anchor's loss, as float64 [anchors].</summary>
    /// <param name="embeddings">The embeddings, of the losses' type: the weights are rounded to it here as there, or a sum of 0 would not be 0 for both.</param>
    public Tensor Coefficients(Tensor embeddings)
    {
        if (weights is null)
            return EqualCoefficients(embeddings);
        using var scope = NewDisposeScope();
        using var noGradient = no_grad();
        using var share = Share.ToScalar();
        var rounded = weights.to_type(embeddings.dtype).expand(anchors);
        var weight = rounded.to_type(float64);
        var coefficients = reduction switch
        {
            LossReduction.SumOverBatchSize => weight.mul(share),
            LossReduction.MeanWithSampleWeight => DivideOrZero(weight, rounded.sum().to_type(float64)),
            _ => weight,
        };
        return coefficients.MoveToOuterDisposeScope();
    }

    /// <summary>The weighted and reduced losses; weights that want a gradient get it.</summary>
    /// <param name="losses">[anchors].</param>
    /// <param name="type">The type of the result, and of the weights; null: that of the losses. What is added up is float64.</param>
    public Tensor Reduce(Tensor losses, ScalarType? type = null)
    {
        using var scope = NewDisposeScope();
        var rounded = weights?.to_type(type ?? losses.dtype);
        var weighted = losses.to_type(float64);
        if (rounded is not null)
            weighted = weighted * rounded.to_type(float64);
        var reduced = reduction switch
        {
            LossReduction.SumOverBatchSize => MeanOf(weighted),
            LossReduction.Sum => weighted.sum(),
            LossReduction.MeanWithSampleWeight => rounded is null
                ? MeanOf(weighted)
                : DivideOrZero(weighted.sum(), rounded.expand(anchors).sum().to_type(float64)),
            _ => weighted,
        };
        return reduced.to_type(type ?? losses.dtype).alias().MoveToOuterDisposeScope();
    }

    /// <summary>The same of float64 sums without a graph, each times a scale.</summary>
    public Tensor Reduce(Tensor sums, Tensor scale, ScalarType type)
    {
        if (weights is not null || reduction == LossReduction.None || !HostNumber.IsIn(sums))
            return Reduce(sums * scale, type);
        // Each by itself, as above: the sums alone may overflow.
        var (total, factor) = (0.0, HostNumber.Of(scale));
        foreach (var sum in HostCopy.View<double>(sums))
            total += sum * factor;
        GC.KeepAlive(sums);
        return HostNumber.ToTensor(IsMean ? total / Math.Max(anchors, 1) : total, type);
    }

    private Tensor EqualCoefficients(Tensor embeddings)
    {
        if (embeddings.device_type != DeviceType.CPU)
        {
            using var share = Share.ToScalar();
            return full([anchors], share, float64, embeddings.device);
        }

        var coefficients = empty(anchors, float64, CPU);
        if (anchors > 0)
            MemoryMarshal.Cast<byte, double>(coefficients.bytes).Fill(Share);
        return coefficients;
    }

    private Tensor MeanOf(Tensor weighted) => anchors == 0 ? weighted.sum() : weighted.mean();

    private static Tensor DivideOrZero(Tensor dividend, Tensor divisor)
    {
        // Twice where(): the division by 0 must not reach the gradient either.
        var isZero = divisor.eq(Numbers.Zero);
        var quotient = dividend / where(isZero, ones_like(divisor), divisor);
        // Not zeros: where a loss is NaN, its mean is too, whatever the weights.
        return where(isZero, dividend.mul(Numbers.Zero), quotient);
    }
}
