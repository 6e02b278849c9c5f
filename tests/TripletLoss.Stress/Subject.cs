using static TorchSharp.torch;

namespace TripletLoss.Stress;

/// <summary>Something to call, and the numbers that it gives.</summary>
/// <param name="Name">For messages.</param>
/// <param name="Call">Gives tensors or numbers; called from several threads at once.</param>
internal sealed record Subject(string Name, Func<IEnumerable<double>> Call)
{
    /// <summary>Calls it in a dispose scope of its own. NaN equals nothing, so it becomes a number.</summary>
    public double[] Run()
    {
        using var scope = NewDisposeScope();
        return [.. Call().Select(number => double.IsNaN(number) ? -12345.6789 : number)];
    }

    /// <summary>The entries of tensors.</summary>
    public static IEnumerable<double> Numbers(params Tensor[] tensors) => tensors.SelectMany(tensor =>
    {
        using var numbers = tensor.detach().to_type(ScalarType.Float64).contiguous();
        return numbers.numel() == 0 ? [] : numbers.data<double>().ToArray();
    }).ToList();
}
