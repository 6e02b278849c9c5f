using System.Text.Json.Serialization;

namespace TripletLoss;

// For properties of type Loss; every class has its own, for the attribute is not inherited.
[JsonConverter(typeof(LossJsonConverter<Loss>))]
public abstract partial class Loss;
