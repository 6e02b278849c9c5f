using static TorchSharp.torch;

namespace TripletLoss.Tests;

/// <summary>The memory, its state and the cache are of the embeddings' device, whatever the user's default is.</summary>
[Collection(nameof(WholeProcess))]
public sealed class CrossBatchMemoryDeviceTests
{
    [Fact]
    public void The_default_device_does_not_matter()
    {
        using var scope = NewDisposeScope();
        using var file = new TemporaryFile();
        var batches = Enumerable.Range(0, 4).Select(step => CrossBatchMemoryTests.Batch(step, 5)).Select(batch => (Labels: tensor(batch.Labels), batch.Points)).ToArray();
        var weight = SmallBatch.Points(3, 2, float64);
        var expected = All();
        set_default_device(META);
        set_default_dtype(float64);
        try
        {
            All().Should().Equal(expected);
        }
        finally
        {
            set_default_device(CPU);
            set_default_dtype(float32);
        }

        List<double> All()
        {
            var numbers = new List<double>();
            using var memory = new CrossBatchMemory(new TripletSemiHardLoss(2), 12);
            memory.SetState(memory.GetState());
            var cache = new GradientCache(x => x.mm(weight), memory.Call, 2);
            foreach (var (labels, points) in batches)
            {
                weight.grad?.zero_();
                numbers.Add(cache.Backward(labels, points.detach()).Number());
                numbers.Add(cache.Evaluate(labels, points.detach()).Number());
                numbers.AddRange(weight.grad!.data<double>());
                numbers.Add(memory.Inspect(labels, points.detach().mm(weight.detach())).Loss);
                memory.Save(file.Path);
                memory.Reset();
                memory.Load(file.Path);
                memory.SetState(memory.GetState());
                numbers.AddRange(memory.References!.Embeddings.data<double>());
            }
            return numbers;
        }
    }
}
