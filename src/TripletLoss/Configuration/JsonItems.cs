namespace TripletLoss;

/// <summary>A JSON array as read. No configuration holds one; it is kept to say where it stands.</summary>
internal sealed record JsonItems(string Path);
