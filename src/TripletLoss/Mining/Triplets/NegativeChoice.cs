namespace TripletLoss;

/// <summary>Which negative <see cref="TripletMiner.Select"/> takes for an anchor and a positive.</summary>
public enum NegativeChoice
{
    /// <summary>The nearest.</summary>
    Hardest,

    /// <summary>The nearest of those that are farther than the positive, but within the margin: D_ap &lt; D_an &lt; D_ap + margin.</summary>
    SemiHard,

    /// <summary>Any, each as likely as the others.</summary>
    Random,
}
