using System.Diagnostics;
using System.IO.Compression;
using TripletLoss;
using static TorchSharp.torch;

// A Siamese network: one encoder, applied to anchors, positives and negatives. The triplets are mined offline, before every epoch, over the whole training set. Then the same
// network is trained online: TripletSemiHardLoss mines every batch. Both are tested on characters that neither has seen.
const int Epochs = 3, TripletsPerBatch = 64;
const double Margin = 0.2;
var (images, labels) = Kanji(first: 0, count: 100);
var (unseen, unseenLabels) = Kanji(first: 400, count: 100);
Console.WriteLine($"pixels                  MAP@R {Score(pixels => pixels.flatten(1)):F3}");

using var siamese = Encoder();
using var siameseOptimizer = optim.Adam(siamese.parameters(), 1e-3);
var explicitLoss = new ExplicitTripletLoss(Margin);
var (steps, clock) = (0, Stopwatch.StartNew());
for (var epoch = 0; epoch < Epochs; epoch++)
{
    using var scope = NewDisposeScope();
    var (triplets, description) = Select(siamese, epoch);
    foreach (var batch in triplets.split(TripletsPerBatch))
    {
        using var batchScope = NewDisposeScope();
        Tensor Encoded(long column) => siamese.call(images.index_select(0, batch.select(1, column)));
        Step(siameseOptimizer, explicitLoss.Call(Encoded(0), Encoded(1), Encoded(2)));
        steps++;
    }
    Console.WriteLine($"offline epoch {epoch + 1}: {description}");
    Report($"offline epoch {epoch + 1}", siamese);
}

using var online = Encoder();
using var onlineOptimizer = optim.Adam(online.parameters(), 1e-3);
var onlineLoss = new TripletSemiHardLoss(Margin);
clock.Restart();
// As many images per batch, and as many batches.
var sampler = new ClassBalancedSampler(labels, classesPerBatch: 3 * TripletsPerBatch / 6, samplesPerClass: 6);
foreach (var rows in Forever(sampler).Chunk(sampler.BatchSize).Take(steps))
{
    using var scope = NewDisposeScope();
    var batch = tensor(rows);
    Step(onlineOptimizer, onlineLoss.Call(labels.index_select(0, batch), online.call(images.index_select(0, batch))));
}
Report($"online, {steps} batches", online);

// For every image a random positive; with it the hardest negative, and a semi-hard one if there is one.
(Tensor Triplets, string Description) Select(nn.Module<Tensor, Tensor> encoder, int epoch)
{
    using var noGradient = no_grad();
    var embeddings = encoder.call(images);
    using var hardest = TripletMiner.Select(labels, embeddings, PositiveChoice.Random, NegativeChoice.Hardest, Margin, seed: epoch);
    using var semiHard = TripletMiner.Select(labels, embeddings, PositiveChoice.Random, NegativeChoice.SemiHard, Margin, seed: epoch);
    var all = cat([hardest.ToTensor(), semiHard.ToTensor()]);
    return (all.index_select(0, randperm(all.shape[0])), $"hardest {hardest}; semi-hard {semiHard}");
}

void Report(string name, nn.Module<Tensor, Tensor> encoder) =>
    Console.WriteLine($"{name,-24}MAP@R {Score(encoder.call):F3} after {clock.Elapsed.TotalSeconds:F1} s");

double Score(Func<Tensor, Tensor> encode)
{
    using var scope = NewDisposeScope();
    using var noGradient = no_grad();
    return RetrievalMetrics.LeaveOneOut(unseenLabels, encode(unseen)).MeanAveragePrecisionAtR;
}

static void Step(optim.Optimizer optimizer, Tensor value)
{
    optimizer.zero_grad();
    value.backward();
    optimizer.step();
}

static nn.Module<Tensor, Tensor> Encoder()
{
    manual_seed(1);
    // Multiples of 16 channels: of others, libtorch 2.10 can make NaN on a processor with AVX-512, as it reads memory that nobody wrote.
    return new UnitLength(nn.Sequential(
        nn.Conv2d(1, 16, 3, padding: 1), nn.ReLU(), nn.MaxPool2d(2), nn.Conv2d(16, 32, 3, padding: 1), nn.ReLU(), nn.MaxPool2d(2),
        nn.Flatten(), nn.Linear(32 * 5 * 5, 64)));
}

static IEnumerable<long> Forever(ClassBalancedSampler sampler)
{
    while (true)
    {
        foreach (var index in sampler) yield return index; // every loop is the next epoch
    }
}

// 24 typefaces of each character, 20 × 20 pixels of 4 bits, after two lines of text.
static (Tensor Images, Tensor Labels) Kanji(int first, int count)
{
    const int Typefaces = 24, Pixels = 400;
    using var file = new GZipStream(File.OpenRead(Path.Combine(AppContext.BaseDirectory, "data", "kanji.gz")), CompressionMode.Decompress);
    using var memory = new MemoryStream();
    file.CopyTo(memory);
    var bytes = memory.ToArray();
    var begin = Array.IndexOf(bytes, (byte)'\n', Array.IndexOf(bytes, (byte)'\n') + 1) + 1 + first * Typefaces * Pixels / 2;
    var ink = bytes[begin..(begin + count * Typefaces * Pixels / 2)].SelectMany(two => new[] { (two >> 4) / 15f, (two & 15) / 15f }).ToArray();
    return (tensor(ink, [count * Typefaces, 1, 20, 20]), tensor([.. Enumerable.Range(0, count * Typefaces).Select(image => (long)(image / Typefaces))]));
}

internal sealed class UnitLength : nn.Module<Tensor, Tensor>
{
    private readonly nn.Module<Tensor, Tensor> _layers;

    public UnitLength(nn.Module<Tensor, Tensor> layers)
        : base(nameof(UnitLength))
    {
        _layers = layers;
        RegisterComponents();
    }

    public override Tensor forward(Tensor input) => nn.functional.normalize(_layers.call(input), p: 2, dim: 1);
}
