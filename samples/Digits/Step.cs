using TripletLoss;

namespace Digits;

/// <summary>What a batch gave: its number from 1, its loss, and at the end of an epoch what it held.</summary>
internal sealed record Step(int Batch, double Loss, TripletReport? Report);
