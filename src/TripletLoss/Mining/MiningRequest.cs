using static TorchSharp.torch;

namespace TripletLoss;

/// <summary>What a kernel is asked.</summary>
/// <param name="Problem">The batch.</param>
/// <param name="Rule">By which to choose.</param>
/// <param name="Distance">By which to compare.</param>
/// <param name="Coefficients">[A], float64: the weight of each anchor's sum in the gradient; null: no gradient.</param>
/// <param name="Reader">Who wants the choices of a rule that makes some; null: nobody.</param>
/// <param name="Kept">Empty: to be filled by a kernel that can; filled: what an earlier request for this batch left, so that there is nothing to mine.</param>
internal sealed record MiningRequest(
    MiningProblem Problem, MiningRule Rule, Distance Distance, Tensor? Coefficients = null, IChoiceReader? Reader = null, KeptMining? Kept = null);
