using System.Diagnostics;

namespace TripletLoss.Benchmarks;

/// <summary>This program once more, with another command.</summary>
internal static class ChildProcess
{
    /// <summary>The last line that the child wrote, or null when it failed or took longer than one has patience for.</summary>
    public static string? Ask(TimeSpan patience, params string[] arguments) => Ask(patience, [], arguments);

    /// <summary>The same, with variables added to its environment.</summary>
    public static string? Ask(TimeSpan patience, IEnumerable<(string Name, string Value)> environment, params string[] arguments)
    {
        var start = StartInfo(arguments);
        foreach (var (name, value) in environment)
            start.Environment[name] = value;
        return LastLine(start, patience);
    }

    /// <summary>The last line that a program wrote, or null when it failed or took longer than one has patience for.</summary>
    public static string? LastLine(ProcessStartInfo start, TimeSpan patience)
    {
        start.RedirectStandardOutput = true;
        using var process = Process.Start(start)!;
        var output = process.StandardOutput.ReadToEndAsync();
        if (!process.WaitForExit(patience))
        {
            process.Kill(entireProcessTree: true);
            return null;
        }
        return process.ExitCode == 0 ? output.Result.TrimEnd().Split('\n')[^1] : null;
    }

    /// <summary>How to start this program with other arguments.</summary>
    public static ProcessStartInfo StartInfo(string[] arguments)
    {
        var start = new ProcessStartInfo(Environment.ProcessPath!);
        // Run as `dotnet program.dll` or as the program itself.
        if (Path.GetFileNameWithoutExtension(start.FileName) == "dotnet")
            start.ArgumentList.Add(typeof(ChildProcess).Assembly.Location);
        foreach (string argument in arguments)
            start.ArgumentList.Add(argument);
        return start;
    }
}
