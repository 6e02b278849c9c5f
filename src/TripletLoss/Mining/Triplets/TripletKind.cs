namespace TripletLoss;

/// <summary>How hard a triplet is at a margin: three disjoint kinds, and their unions.</summary>
/// <remarks>
/// Some texts call "semi-hard" what is <see cref="Hard"/> here, a negative nearer than the positive. The names follow Schroff et al. 2015 (FaceNet).
/// </remarks>
[Flags]
public enum TripletKind
{
    /// <summary>No triplet.</summary>
    None = 0,

    /// <summary>D_an ≤ D_ap: the negative is no farther than the positive.</summary>
    Hard = 1,

    /// <summary>D_ap &lt; D_an &lt; D_ap + margin: the negative is farther, but within the margin.</summary>
    SemiHard = 2,

    /// <summary>D_ap + margin ≤ D_an: the loss is 0.</summary>
    Easy = 4,

    /// <summary>Every triplet with a loss: hard or semi-hard.</summary>
    Violating = Hard | SemiHard,

    /// <summary>Every triplet.</summary>
    Any = Violating | Easy,
}
