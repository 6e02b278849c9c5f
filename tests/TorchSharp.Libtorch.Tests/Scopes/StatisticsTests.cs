using TorchSharp;
using TorchSharp.Modules;
using static TorchSharp.torch;

namespace TorchSharpLibtorch.Tests.Scopes;

public class StatisticsTests
{
    private static void Expect(long createdOut, long disposedOut, long createdIn, long disposedIn, long attached, long detached, long live)
    {
        LifetimeStatistics s = DisposeScopeManager.Statistics.TensorStatistics;
        (s.CreatedOutsideScopeCount, s.DisposedOutsideScopeCount, s.CreatedInScopeCount, s.DisposedInScopeCount, s.AttachedToScopeCount,
            s.DetachedFromScopeCount, s.ThreadTotalLiveCount)
            .Should().Be((createdOut, disposedOut, createdIn, disposedIn, attached, detached, live));
        DisposeScopeManager.Statistics.ThreadTotalLiveCount.Should().Be(live);
    }

    private static void OnOwnThread(Action test)
    {
        Exception? failure = null;
        var thread = new Thread(() =>
        {
            try
            {
                test();
            }
            catch (Exception e)
            {
                failure = e;
            }
        });
        thread.Start();
        thread.Join();
        if (failure is not null) throw new InvalidOperationException(failure.Message, failure);
    }

    [Fact]
    public void Each_way_of_a_tensor_is_counted() => OnOwnThread(() =>
    {
        Expect(0, 0, 0, 0, 0, 0, 0);
        Tensor outside = ones(1);
        Expect(1, 0, 0, 0, 0, 0, 1);
        DisposeScope scope = NewDisposeScope();
        Tensor inside = ones(1);
        Expect(1, 0, 1, 0, 0, 0, 2);
        inside.DetachFromDisposeScope();
        Expect(1, 0, 1, 0, 0, 1, 2);
        inside.Dispose();
        Expect(1, 1, 1, 0, 0, 1, 1);
        scope.Attach(outside);
        Expect(1, 1, 1, 0, 1, 1, 1);
        scope.Dispose();
        Expect(1, 1, 1, 1, 1, 1, 0);
        DisposeScopeManager.Statistics.Reset();
        Expect(0, 0, 0, 0, 0, 0, 0);
    });

    [Fact]
    public void A_parameter_takes_the_place_of_its_tensor() => OnOwnThread(() =>
    {
        DisposeScope scope = NewDisposeScope();
        Tensor tensor = torch.tensor(3f);
        Expect(0, 0, 1, 0, 0, 0, 1);
        var parameter = new Parameter(tensor);
        Expect(0, 0, 1, 0, 0, 0, 1);
        tensor.IsInvalid.Should().BeTrue();
        tensor.Dispose();
        parameter.item<float>().Should().Be(3);
        parameter.requires_grad.Should().BeTrue();
        scope.Dispose();
        Expect(0, 0, 1, 1, 0, 0, 0);
        parameter.IsInvalid.Should().BeTrue();
    });

    [Fact]
    public void A_thousand_calls_leave_nothing_behind()
    {
        long before = Live.Count;
        using Tensor x = ones([4, 4], requires_grad: true);
        for (int i = 0; i < 1000; i++)
        {
            using var scope = NewDisposeScope();
            Tensor loss = (x.mm(x).relu() - 1).square().sum();
            loss.backward();
            using Tensor? gradient = x.grad;
            x.grad = null;
        }
        Live.Count.Should().Be(before + 1);
        Tensor.PeakCount.Should().BeGreaterThan(1);
    }
}
