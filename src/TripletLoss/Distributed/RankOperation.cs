namespace TripletLoss;

/// <summary>What ranks do together.</summary>
internal enum RankOperation
{
    /// <summary>A loss.</summary>
    Loss,

    /// <summary>A loss with a report.</summary>
    LossWithReport,

    /// <summary>The sum of gradients.</summary>
    SumOfGradients,

    /// <summary>A loss against a memory.</summary>
    LossWithMemory,

    /// <summary>Retrieval metrics.</summary>
    RetrievalMetrics,
}
