using System.Buffers.Binary;
using System.Security.Cryptography;
using System.Text;
using static TorchSharp.torch;

namespace TripletLoss;

/// <summary>What the ranks tell each other before anything else, and must agree on but for the rows.</summary>
/// <param name="Operation">What is called.</param>
/// <param name="LabelRows">The rows of labels.</param>
/// <param name="Rows">The rows of embeddings.</param>
/// <param name="Dim">The dimensions of an embedding.</param>
/// <param name="Type">The type of the embeddings.</param>
/// <param name="IsWeighted">Whether there are weights.</param>
/// <param name="WantsGradient">Whether this rank wants a gradient; each for itself.</param>
/// <param name="What">A hash of the text that says what is called, for whatever does not fit here.</param>
internal readonly record struct CallHeader(
    RankOperation Operation, long LabelRows, long Rows, long Dim, ScalarType Type, bool IsWeighted, bool WantsGradient, long What)
{
    /// <summary>Every rank's header.</summary>
    /// <param name="group">The ranks.</param>
    /// <param name="where">What is called, in a message.</param>
    /// <param name="describe">All that must be the same on every rank and is not in the header, as text.</param>
    /// <param name="header">Checks the arguments, and says what they are.</param>
    /// <exception cref="InvalidOperationException">The ranks disagree, or another rank's arguments are wrong.</exception>
    public static CallHeader[] Exchange(IProcessGroup group, string where, Func<string> describe, Func<CallHeader> header)
    {
        string text = "";
        var headers = RankExchange.Run(group, where, () =>
        {
            var mine = header();
            text = describe();
            return mine with { What = Hash(text) };
        });
        RequireSame(headers, "what to do", each => each.Operation.ToString());
        if (headers.Any(each => each.What != headers[0].What))
            Throw(where, RankExchange.Texts(group, text));
        RequireSame(headers, "the dim of the embeddings", each => $"{each.Dim}");
        RequireSame(headers, "the type of the embeddings", each => $"{each.Type}");
        RequireSame(headers, "weights", each => each.IsWeighted ? "some" : "none");
        return headers;
    }

    private static void RequireSame(CallHeader[] headers, string what, Func<CallHeader, string> value)
    {
        string[] values = [.. headers.Select(value)];
        if (values.Any(each => each != values[0]))
            Throw(what, values);
    }

    private static void Throw(string what, string[] values) =>
        throw new InvalidOperationException($"the ranks disagree on {what}: {RankNames.WithValues(values)}.");

    private static long Hash(string text) => BinaryPrimitives.ReadInt64LittleEndian(SHA256.HashData(Encoding.UTF8.GetBytes(text)));
}
