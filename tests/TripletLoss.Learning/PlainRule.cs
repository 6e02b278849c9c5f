namespace TripletLoss.Learning;

/// <summary>Which triplets a plain loss takes.</summary>
internal enum PlainRule
{
    SemiHard,
    Hard,
    BatchAll,
}
