using System.Runtime.ExceptionServices;
using System.Runtime.InteropServices;
using System.Text;

namespace TripletLoss;

/// <summary>Does something on every rank and tells every rank what came of it: numbers, or that one of them failed. All ranks throw then, at the same point, and are still in step.</summary>
internal static class RankExchange
{
    private const int MostText = 4096;

    private record struct Told<T>(int FailureLength, T Result) where T : unmanaged;

    /// <summary>Every rank's result, in rank order.</summary>
    /// <param name="group">The ranks.</param>
    /// <param name="where">What failed if something does, in a message.</param>
    /// <param name="work">Calls no method of the group.</param>
    /// <exception cref="InvalidOperationException">The work failed on another rank; where it failed here, its own exception.</exception>
    public static T[] Run<T>(IProcessGroup group, string where, Func<T> work) where T : unmanaged
    {
        var told = default(Told<T>);
        Exception? failure = null;
        try
        {
            told.Result = work();
        }
        catch (Exception exception)
        {
            failure = exception;
        }
        byte[] text = failure is null ? [] : Cut($"{failure.GetType().Name}: {failure.Message}");
        told.FailureLength = text.Length;
        var all = MemoryMarshal.Cast<byte, Told<T>>(group.AllGather(MemoryMarshal.AsBytes(new ReadOnlySpan<Told<T>>(ref told)))).ToArray();
        if (all.Any(each => each.FailureLength > 0))
            Throw(group, where, failure, text, [.. all.Select(each => each.FailureLength)]);
        return [.. all.Select(each => each.Result)];
    }

    /// <summary>Every rank's text.</summary>
    public static string[] Texts(IProcessGroup group, string mine)
    {
        byte[] text = Cut(mine);
        int[] lengths = MemoryMarshal.Cast<byte, int>(group.AllGather(BitConverter.GetBytes(text.Length))).ToArray();
        return Texts(group, text, lengths);
    }

    private static string[] Texts(IProcessGroup group, byte[] mine, int[] lengths)
    {
        int most = lengths.Max();
        byte[] padded = new byte[most];
        mine.CopyTo(padded, 0);
        byte[] all = group.AllGather(padded);
        return [.. lengths.Select((length, rank) => Encoding.UTF8.GetString(all, rank * most, length))];
    }

    private static void Throw(IProcessGroup group, string where, Exception? failure, byte[] text, int[] lengths)
    {
        string[] texts = Texts(group, text, lengths);
        if (failure is not null)
            ExceptionDispatchInfo.Throw(failure);
        int[] failed = [.. Enumerable.Range(0, lengths.Length).Where(rank => lengths[rank] > 0)];
        throw new InvalidOperationException($"{where} failed on {RankNames.Of(failed)}, not here. Rank {failed[0]}: {texts[failed[0]]}");
    }

    private static byte[] Cut(string text)
    {
        byte[] bytes = Encoding.UTF8.GetBytes(text);
        return bytes.Length <= MostText ? bytes : bytes[..MostText];
    }
}
