using static TorchSharp.torch;

namespace TripletLoss.Tests;

/// <summary>The sum of gradients over ranks.</summary>
public class GradientSumTests
{
    [Fact]
    public void Gradients_of_every_type_are_added_and_what_nobody_used_has_none() => ThreadGroup.Run(3, group =>
    {
        using var scope = NewDisposeScope();
        Tensor[] parameters = [.. TypeMatrix.Floats.Select(type => ones([2, 2], type).requires_grad_()), ones(3).requires_grad_(), ones(3).requires_grad_(), ones(2)];
        foreach (var parameter in parameters.Take(4))
            Use(parameter, group.Rank + 1);
        if (group.Rank == 1)
            Use(parameters[4], 5);
        group.SumGradients(parameters);
        foreach (var parameter in parameters.Take(4))
        {
            parameter.grad!.dtype.Should().Be(parameter.dtype);
            TensorNumbers.Of(parameter.grad).Should().Equal(6, 6, 6, 6);
        }
        TensorNumbers.Of(parameters[4].grad!).Should().Equal(5, 5, 5);
        parameters[5].grad.Should().BeNull();
        parameters[6].grad.Should().BeNull();
    });

    [Fact]
    public void Many_parameters_go_in_few_messages_and_large_ones_in_several() => ThreadGroup.Run(2, inner =>
    {
        using var scope = NewDisposeScope();
        var group = new CountingGroup(inner);
        Tensor[] parameters = [.. Enumerable.Range(0, 40).Select(_ => zeros(10).requires_grad_()), zeros(5 << 20).requires_grad_(), zeros(4 << 20).requires_grad_()];
        foreach (var parameter in parameters)
            Use(parameter, 1);
        group.SumGradients(parameters);
        group.Operations.Should().Equal("AllGather", "AllReduce", "AllReduce");
        foreach (var parameter in parameters)
            (parameter.grad!.min().item<float>(), parameter.grad.max().item<float>()).Should().Be((2, 2));
    });

    private static void Use(Tensor parameter, int times)
    {
        using var factor = tensor((double)times).to_type(parameter.dtype);
        parameter.mul(factor).sum().backward();
    }
}
