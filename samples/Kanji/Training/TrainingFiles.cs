using System.Text.Json;
using TorchSharp;
using TripletLoss;
using static TorchSharp.torch;

namespace Kanji;

/// <summary>The files of a saved training.</summary>
internal static class TrainingFiles
{
    public const string Network = "network.bin";
    public const string Optimizer = "optimizer.bin";
    private const string Sampler = "sampler.json";
    private const string Memory = "memory.bin";

    private sealed record Place(int Seed, long Epoch, int BatchOfEpoch);

    public static void WriteSampler(string folder, ClassBalancedSampler sampler, int seed, int batch) => File.WriteAllText(
        Path.Combine(folder, Sampler), JsonSerializer.Serialize(new Place(seed, batch / sampler.BatchesPerEpoch, batch % sampler.BatchesPerEpoch)));

    /// <returns>How many batches were dealt.</returns>
    public static int ReadSampler(string folder, ClassBalancedSampler sampler)
    {
        var place = JsonSerializer.Deserialize<Place>(File.ReadAllText(Path.Combine(folder, Sampler)))!;
        return checked((int)(place.Epoch * sampler.BatchesPerEpoch) + place.BatchOfEpoch);
    }

    public static void WriteMemory(string folder, CrossBatchMemory memory)
    {
        using var scope = NewDisposeScope();
        using var file = new BinaryWriter(File.Create(Path.Combine(folder, Memory)));
        var state = memory.GetState();
        file.Write(state.Count);
        foreach (var (name, part) in state)
        {
            file.Write(name);
            part.Save(file);
        }
    }

    public static void ReadMemory(string folder, CrossBatchMemory memory)
    {
        using var scope = NewDisposeScope();
        using var file = new BinaryReader(File.OpenRead(Path.Combine(folder, Memory)));
        var count = file.ReadInt32();
        var state = new Dictionary<string, Tensor>();
        for (var part = 0; part < count; part++)
        {
            var name = file.ReadString();
            state[name] = Tensor.Load(file);
        }

        memory.SetState(state);
    }
}
