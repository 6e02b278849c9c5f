using System.Globalization;
using System.Text.RegularExpressions;

namespace TripletLoss.Package.Tests;

/// <summary>A program outside the repository, with packages of its own and no feed but one folder.</summary>
[Collection(PackedLibrary.Name)]
public class PackageConsumptionTests(PackedLibrary package)
{
    [Fact]
    public void It_trains_three_steps()
    {
        var consumer = new ConsumingProgram(package, "Consumer", isOffline: true);
        consumer.Dotnet("build", "-c", "Release", "--nologo", "-v:quiet");
        var output = consumer.Dotnet(Path.Combine("bin", "Release", "net10.0", "Consumer.dll"));

        var values = Regex.Matches(output, @"^step \d: (.*)$", RegexOptions.Multiline)
            .Select(match => double.Parse(match.Groups[1].Value, CultureInfo.InvariantCulture)).ToList();
        values.Should().HaveCount(3).And.BeInDescendingOrder().And.OnlyContain(value => value > 0 && value < 100);
        output.Should().Contain("\"class_name\":\"TripletSemiHardLoss\"");
        consumer.CameFromTheFeed("tripletloss").Should().BeTrue();
    }

    [Fact]
    public void It_is_trimmed_and_compiled_ahead_of_time()
    {
        Assert.SkipUnless(OperatingSystem.IsLinux() && File.Exists("/usr/bin/gcc"), "compiling ahead of time is tried on Linux with gcc only");
        var consumer = new ConsumingProgram(package, "NativeConsumer", isOffline: false);
        var restored = consumer.TryDotnet("restore", "-r", Runtime, "-v:quiet");
        Assert.SkipWhen(restored.Contains("ILCompiler", StringComparison.Ordinal), "the package Microsoft.DotNet.ILCompiler cannot be had here");
        Published("native", mentionsInstructions: Runtime == "linux-x64", "-p:CppCompilerAndLinker=gcc").Should().Be(Numbers + "compiled ahead of time");
        Published("trimmed", mentionsInstructions: false, "-p:PublishAot=false", "-p:PublishTrimmed=true", "--self-contained").Should().Be(Numbers + "compiled as it runs");

        string Published(string folder, bool mentionsInstructions, params string[] options)
        {
            var built = consumer.Dotnet(["publish", "-c", "Release", "-r", Runtime, "--nologo", "-v:minimal", "-o", folder, .. options]);
            built.Should().NotContain("Assembly 'TripletLoss'", "nothing in the library is unsafe to trim");
            built.Contains("IlcInstructionSet", StringComparison.Ordinal).Should().Be(mentionsInstructions, "code for any processor is slow, and nobody would know");
            return consumer.Run(Path.Combine(folder, "NativeConsumer")).ReplaceLineEndings("\n").TrimEnd();
        }
    }

    private static string Numbers { get; } = """
        triplet_semi_hard_loss: 3, 1 1.5 -4.5 2
        triplet_hard_loss: 3.25, -0.25 1.25 -1.25 0.25
        triplet_batch_all_loss: 3.5, 0.5 1.25 -3.75 2
        2 2 1 1
        2

        """.ReplaceLineEndings("\n");

    private static string Runtime => System.Runtime.InteropServices.RuntimeInformation.RuntimeIdentifier.Contains("arm64", StringComparison.Ordinal) ? "linux-arm64" : "linux-x64";
}
