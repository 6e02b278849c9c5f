using TorchSharp;
using static TorchSharp.torch;

namespace TorchSharpLibtorch.Tests.Scopes;

public class DisposeScopeTests
{
    [Fact]
    public void A_scope_disposes_what_was_made_in_it()
    {
        Tensor before = ones(1), made, view;
        using (DisposeScope scope = NewDisposeScope())
        {
            CurrentDisposeScope.Should().BeSameAs(scope);
            made = before + 1;
            view = made[0];
            scope.DisposablesCount.Should().Be(2);
            scope.Contains(made).Should().BeTrue();
            scope.Contains(before).Should().BeFalse();
        }
        made.IsInvalid.Should().BeTrue();
        view.IsInvalid.Should().BeTrue();
        before.IsInvalid.Should().BeFalse();
        before.Dispose();
        CurrentDisposeScope.Should().BeNull();
    }

    [Fact]
    public void Tensors_move_out_of_nested_scopes()
    {
        Tensor kept;
        using (DisposeScope outer = NewDisposeScope())
        {
            using (NewDisposeScope())
            {
                kept = ones(1).MoveToOuterDisposeScope();
                (Tensor a, Tensor b) = CurrentDisposeScope!.MoveToOuter(ones(2), ones(3));
                outer.DisposablesCount.Should().Be(3);
                a.Dispose();
                outer.DisposablesCount.Should().Be(2);
                b.IsInvalid.Should().BeFalse();
            }
            kept.IsInvalid.Should().BeFalse();
            kept.MoveToOuterDisposeScope();
            outer.Contains(kept).Should().BeFalse();
        }
        kept.IsInvalid.Should().BeFalse();
        kept.Dispose();
    }

    [Fact]
    public void Detached_tensors_belong_to_nobody_until_attached()
    {
        Tensor free, caught = ones(1);
        using (DisposeScope scope = NewDisposeScope())
        {
            free = ones(1).DetachFromDisposeScope();
            scope.Attach(caught);
        }
        free.IsInvalid.Should().BeFalse();
        caught.IsInvalid.Should().BeTrue();
        using (DisposeScope scope = NewDisposeScope())
        {
            Tensor inside = ones(1);
            free.MoveToOtherDisposeScope(inside);
            scope.Contains(free).Should().BeTrue();
        }
        free.IsInvalid.Should().BeTrue();
    }

    [Fact]
    public void Everything_but_some_can_go_early()
    {
        using DisposeScope scope = NewDisposeScope();
        Tensor a = ones(1), b = ones(1), c = ones(1);
        scope.DisposeEverythingBut(b);
        a.IsInvalid.Should().BeTrue();
        b.IsInvalid.Should().BeFalse();
        c.IsInvalid.Should().BeTrue();
        scope.DisposeEverything();
        b.IsInvalid.Should().BeTrue();
        scope.DisposablesCount.Should().Be(0);
    }

    [Fact]
    public void Scopes_may_close_in_any_order()
    {
        DisposeScope outer = NewDisposeScope();
        Tensor early = ones(1);
        DisposeScope inner = NewDisposeScope();
        Tensor late = ones(1);
        outer.Dispose();
        early.IsInvalid.Should().BeTrue();
        late.IsInvalid.Should().BeFalse();
        CurrentDisposeScope.Should().BeSameAs(inner);
        late.MoveToOuterDisposeScope();
        inner.Dispose();
        late.IsInvalid.Should().BeFalse();
        late.Dispose();
        CurrentDisposeScope.Should().BeNull();
        Action closed = () => _ = inner.DisposablesCount;
        closed.Should().Throw<ObjectDisposedException>();
    }

    [Fact]
    public void Scopes_are_those_of_the_thread()
    {
        using DisposeScope scope = NewDisposeScope();
        Tensor? elsewhere = null;
        DisposeScope? theirs = scope;
        var thread = new Thread(() =>
        {
            theirs = CurrentDisposeScope;
            elsewhere = ones(1);
        });
        thread.Start();
        thread.Join();
        theirs.Should().BeNull();
        scope.Contains(elsewhere!).Should().BeFalse();
        elsewhere!.Dispose();
    }

    [Fact]
    public void A_wrapped_expression_leaves_its_result_only()
    {
        long before = Live.Count;
        using (Tensor result = WrappedTensorDisposeScope(() => (ones(1) + 1) * 3))
        {
            Live.Count.Should().Be(before + 1);
            result.item<float>().Should().Be(6);
        }
    }

    [Fact]
    public void Disposing_twice_does_no_harm()
    {
        Tensor tensor = ones(1);
        tensor.Dispose();
        tensor.Dispose();
        DisposeScope scope = NewDisposeScope();
        scope.Dispose();
        scope.Dispose();
        CurrentDisposeScope.Should().BeNull();
    }
}
