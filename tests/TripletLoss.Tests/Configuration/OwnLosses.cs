using System.Text.Json.Serialization;

namespace TripletLoss.Tests.Configuration;

/// <summary>A user's loss with every type of argument.</summary>
[JsonConverter(typeof(LossJsonConverter<VariedLoss>))]
public sealed class VariedLoss(
    double number = 1.5,
    long count = 3,
    bool flag = false,
    string mode = "plain",
    Distance? distance = null,
    LossReduction reduction = LossReduction.SumOverBatchSize,
    string? name = null)
    : Loss(
        reduction, name, ("number", number), ("count", count), ("flag", flag), ("mode", mode),
        ("distance_metric", distance ?? Distance.SquaredEuclidean))
{
    public static VariedLoss FromConfig(LossConfig config)
    {
        config = config.WithDefaultsOf(new VariedLoss());
        return new(
            config.GetDouble("number"), config.GetInt64("count"), config.GetBoolean("flag"), config.GetString("mode"),
            config.GetDistance("distance_metric"), config.Reduction, config.Name);
    }

    protected override TorchSharp.torch.Tensor PerAnchor(LossInput input) => throw new NotSupportedException();
}

/// <summary>A user's loss with an argument that is null by default.</summary>
public sealed class CappedLoss(double? cap = null) : Loss(LossReduction.Sum, null, ("cap", cap))
{
    protected override TorchSharp.torch.Tensor PerAnchor(LossInput input) => throw new NotSupportedException();
}

/// <summary>As many classes as there are types, to be registered one by one.</summary>
public sealed class TaggedLoss<T>() : Loss(LossReduction.Sum, null)
{
    protected override TorchSharp.torch.Tensor PerAnchor(LossInput input) => throw new NotSupportedException();
}

/// <summary>A class that is never registered.</summary>
public sealed class UnregisteredLoss() : Loss(LossReduction.Sum, null)
{
    protected override TorchSharp.torch.Tensor PerAnchor(LossInput input) => throw new NotSupportedException();
}

/// <summary>The one registration of <see cref="VariedLoss"/>, for all tests.</summary>
internal static class OwnLosses
{
    private static readonly Lazy<bool> Registered = new(() =>
    {
        Losses.Register(nameof(VariedLoss), VariedLoss.FromConfig);
        return true;
    });

    public static void Register() => _ = Registered.Value;
}
