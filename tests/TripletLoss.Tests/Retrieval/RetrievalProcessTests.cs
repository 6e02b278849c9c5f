using static TorchSharp.torch;

namespace TripletLoss.Tests;

/// <summary>What the rest of the process does has no part in retrieval.</summary>
[Collection(nameof(WholeProcess))]
public class RetrievalProcessTests
{
    [Fact]
    public void TheUsersDefaultDeviceIsNotThatOfTheEmbeddings()
    {
        using var scope = NewDisposeScope();
        var (labels, selves) = (SmallBatch.Labels(), tensor(new long[] { 0, 1, 2, 3, 4, 5 }));
        foreach (var type in TypeMatrix.Floats)
        {
            foreach (var distance in (Distance[])[Distance.SquaredEuclidean, Distance.Euclidean, Distance.Cosine, Distance.Create((x, y) => cdist(x, y, p: 1))])
            {
                var points = SmallBatch.Embeddings(type);
                string All()
                {
                    var report = RetrievalMetrics.LeaveOneOut(labels, points, distance);
                    var against = RetrievalMetrics.QueryAgainstGallery(labels, points, labels, points, distance, selfIndices: selves, ignore: (labels, selves));
                    var (indices, distances) = NearestNeighbours.Search(points, points, 3, distance, selves);
                    return $"{report} {against} {string.Join(' ', TensorNumbers.Of(indices))} {string.Join(' ', TensorNumbers.Of(distances))}";
                }

                string expected = All();
                set_default_device(META);
                set_default_dtype(float64);
                try
                {
                    All().Should().Be(expected);
                }
                finally
                {
                    set_default_device(CPU);
                    set_default_dtype(float32);
                }
            }
        }
    }

    [Fact]
    public async Task AStarvedThreadPoolDoesNotHoldItUp()
    {
        using var scope = NewDisposeScope();
        var (labels, embeddings) = (Arithmetic.Cycle(3000, 7), rand(3000, 2));
        string expected = RetrievalMetrics.LeaveOneOut(labels, embeddings).ToString();
        using var release = new ManualResetEventSlim();
        var waiting = Enumerable.Range(0, 200).Select(_ => Task.Run(() => release.Wait(TestContext.Current.CancellationToken), TestContext.Current.CancellationToken)).ToArray();
        string found = "";
        var thread = new Thread(() => found = RetrievalMetrics.LeaveOneOut(labels, embeddings).ToString());
        thread.Start();
        bool isDone = thread.Join(TimeSpan.FromMinutes(5));
        int stillQueued = waiting.Count(task => task.Status != TaskStatus.RanToCompletion);
        release.Set();
        await Task.WhenAll(waiting);
        isDone.Should().BeTrue();
        stillQueued.Should().Be(200, "no thread was free meanwhile");
        found.Should().Be(expected);
    }
}
