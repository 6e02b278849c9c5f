using System.Runtime.CompilerServices;
using static TorchSharp.torch;

namespace TorchSharpLibtorch.Tests.Scopes;

public class FinaliserTests
{
    [Fact]
    public void What_nobody_disposed_is_freed_in_the_end()
    {
        long before = Tensor.TotalCount;
        Leak(1000);
        Tensor.TotalCount.Should().BeGreaterThanOrEqualTo(before);
        for (int i = 0; i < 20 && Tensor.TotalCount > before; i++)
        {
            GC.Collect();
            GC.WaitForPendingFinalizers();
        }
        Tensor.TotalCount.Should().BeLessThanOrEqualTo(before);

        [MethodImpl(MethodImplOptions.NoInlining)]
        static void Leak(int count)
        {
            for (int i = 0; i < count; i++) _ = ones(10);
        }
    }

    [Fact]
    public void Collecting_all_the_time_never_frees_what_a_call_uses()
    {
        using var stop = new CancellationTokenSource(TimeSpan.FromSeconds(3));
        var collector = new Thread(() =>
        {
            while (!stop.IsCancellationRequested)
            {
                GC.Collect();
                GC.WaitForPendingFinalizers();
            }
        });
        collector.Start();
        try
        {
            while (!stop.IsCancellationRequested)
            {
                // Temporaries that nothing but the running call refers to.
                (ones(64) + 1).mul(ones(64) * 2).sum().item<float>().Should().Be(256);
                cat([ones(3), zeros(2)]).data<float>().ToArray().Sum().Should().Be(3);
                ones(4)[tensor(new[] { 1L, 2L })].numel().Should().Be(2);
                tensor(new[] { 1f, 2f }).requires_grad_().mul(2).sum().backward();
                from_array(new[] { 1L, 2L }).add(1).data<long>().ToArray().Should().Equal(2, 3);
            }
        }
        finally
        {
            collector.Join();
        }
    }
}
