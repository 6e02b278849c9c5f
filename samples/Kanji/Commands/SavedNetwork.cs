using static TorchSharp.torch;

namespace Kanji;

/// <summary>The network of the first seed, as it was saved.</summary>
internal static class SavedNetwork
{
    /// <exception cref="OptionException">There is none.</exception>
    public static EmbeddingNetwork Load(Options options)
    {
        var file = Path.Combine(new SeedFolder(options.Output, options.Seeds[0]).Path, TrainingFiles.Network);
        if (!File.Exists(file)) throw new OptionException($"There is no saved network {file}: train first.");
        set_num_threads(Environment.ProcessorCount);
        var network = new EmbeddingNetwork();
        network.load(file);
        return network;
    }
}
