namespace TripletLoss;

/// <summary>A configuration's entry that is not what the loss takes; a reader of JSON makes a path of the key.</summary>
internal sealed class LossConfigException(string key, string problem) : ArgumentException($"{ConfigValues.Shortened(key)} {problem}")
{
    /// <summary>The entry's name.</summary>
    public string Key { get; } = key;

    /// <summary>What is wrong, to be read after the name.</summary>
    public string Problem { get; } = problem;
}
