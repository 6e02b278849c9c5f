namespace TripletLoss;

/// <summary>What TensorFlow Addons meant by the configurations that it wrote.</summary>
internal static class AddonsConfig
{
    /// <summary>Replaces their names by ours.</summary>
    /// <exception cref="LossConfigException">The distance cannot be told.</exception>
    public static LossConfig Translate(LossConfig config) =>
        new(config.Select(entry => KeyValuePair.Create(entry.Key, Translate(entry.Key, entry.Value))));

    // An absent distance_metric (0.7 to 0.9) needs no rule: those releases had squared distances alone, which is our default.
    private static object? Translate(string key, object? value) => (key, value) switch
    {
        // Its losses were scalars, with a forced "none"; the mean over the batch is that scalar. "auto" stood for the same.
        ("reduction", null or "none" or "auto") => LossReduction.SumOverBatchSize,
        ("distance_metric", "L1") => throw new LossConfigException(
            key,
            "\"L1\" was written by TensorFlow Addons 0.10 for Euclidean distances, and never by later releases. "
            + "If the file is from 0.10, write \"L2\" instead (and \"squared-L2\" where 0.10 wrote \"L2\")."),
        _ => value,
    };
}
