using static TorchSharp.torch;

namespace TripletLoss;

/// <summary>Adds up the ranks' gradients of one network, some parameters at a time: as many as fill a message, so that the memory for it does not grow with the network.</summary>
internal static class GradientSum
{
    private const long MessageNumbers = 8 << 20;

    /// <summary>Replaces the gradients by the sums.</summary>
    public static void Run(IProcessGroup group, IEnumerable<Tensor> parameters)
    {
        using var scope = NewDisposeScope();
        using var noGradient = no_grad();
        Tensor[] wanting = [];
        CallHeader.Exchange(group, nameof(ProcessGroupExtensions.SumGradients), () => Describe(wanting), () =>
        {
            ArgumentNullException.ThrowIfNull(parameters);
            wanting = [.. parameters.Where(parameter => parameter.requires_grad)];
            Validate(wanting);
            return default(CallHeader) with { Operation = RankOperation.SumOfGradients };
        });
        for (var (first, count) = (0, 0); first < wanting.Length; first += count)
        {
            count = Fitting(wanting, first);
            Sum(group, wanting.AsSpan(first, count));
        }
        GC.KeepAlive(wanting);
    }

    private static int Fitting(Tensor[] parameters, int first)
    {
        var count = 1;
        for (var numbers = parameters[first].numel(); first + count < parameters.Length; count++)
        {
            numbers += parameters[first + count].numel();
            if (numbers > MessageNumbers || SumType(parameters[first + count]) != SumType(parameters[first]))
                break;
        }
        return count;
    }

    // Behind the gradients, how many ranks have one: a parameter that no rank used has none in one process either, and optimizers pass it over.
    private static void Sum(IProcessGroup group, ReadOnlySpan<Tensor> parameters)
    {
        using var scope = NewDisposeScope();
        var type = SumType(parameters[0]);
        var parts = new List<Tensor>();
        foreach (var parameter in parameters)
            parts.Add(parameter.grad is { } gradient ? Flat(gradient.to_type(type)) : zeros(parameter.numel(), type, CPU));
        foreach (var parameter in parameters)
            parts.Add(parameter.grad is null ? zeros(1, type, CPU) : ones(1, type, CPU));
        var message = cat(parts);
        group.AllReduce(message);
        var used = HostCopy.Of<double>(message.narrow(0, message.size(0) - parameters.Length, parameters.Length).to_type(float64));
        long first = 0;
        for (var i = 0; i < parameters.Length; first += parameters[i++].numel())
        {
            if (used[i] > 0)
                Put(message.narrow(0, first, parameters[i].numel()), parameters[i]);
        }
    }

    private static void Put(Tensor sum, Tensor parameter)
    {
        if (parameter.grad is { } gradient)
            gradient.copy_(sum.reshape(parameter.shape));
        else
            parameter.grad = sum.reshape(parameter.shape).to(parameter.dtype, parameter.device, copy: true).DetachFromDisposeScope();
    }

    private static Tensor Flat(Tensor gradient) => gradient.detach().cpu().reshape(-1);

    private static ScalarType SumType(Tensor parameter) => parameter.dtype == float64 ? float64 : float32;

    private static void Validate(Tensor[] parameters)
    {
        for (var i = 0; i < parameters.Length; i++)
        {
            if (!parameters[i].is_floating_point())
                throw new ArgumentException($"parameters must be real numbers, but number {i} is {TripletLoss.Describe.Tensor(parameters[i])}.", nameof(parameters));
            if (parameters[i].grad is { is_sparse: true })
                throw new ArgumentException($"gradients must be dense, but that of parameter {i} is sparse.", nameof(parameters));
        }
    }

    private static string Describe(Tensor[] parameters) =>
        $"{parameters.Length} parameters: {string.Join(", ", parameters.Select(TripletLoss.Describe.Tensor))}";
}
