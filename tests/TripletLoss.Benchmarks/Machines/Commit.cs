using System.ComponentModel;
using System.Diagnostics;

namespace TripletLoss.Benchmarks;

/// <summary>Which state of the repository was measured.</summary>
internal static class Commit
{
    /// <summary>The commit, with a remark when files had been changed since; the documents do not count.</summary>
    public static string Current =>
        Git("rev-parse", "--short=10", "HEAD") is not { } commit ? "unknown" :
        Git("status", "--porcelain", "--untracked-files=no", "--", "src", "tests") == "" ? commit : $"{commit}, with changes";

    private static string? Git(params string[] arguments)
    {
        try
        {
            using var process = Process.Start(new ProcessStartInfo("git", arguments) { RedirectStandardOutput = true, RedirectStandardError = true })!;
            string output = process.StandardOutput.ReadToEnd().Trim();
            process.WaitForExit();
            return process.ExitCode == 0 ? output : null;
        }
        catch (Win32Exception)
        {
            return null;
        }
    }
}
