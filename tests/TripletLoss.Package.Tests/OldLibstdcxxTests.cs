using System.Text;

namespace TripletLoss.Package.Tests;

/// <summary>What <c>eng/OldLibstdcxx.targets</c> does to TorchSharp's library, and where it lets it alone; the system's libstdc++ is given by a file.</summary>
public sealed class OldLibstdcxxTests : IDisposable
{
    private const string Needed = "GLIBCXX_3.4.32";

    private readonly string _folder = Directory.CreateTempSubdirectory("triplet-loss-libstdcxx-").FullName;
    private readonly string _packaged = Path.Combine(
        Build.PackageFolder, "torchsharp", Build.TorchSharpVersion, "runtimes", "linux-x64", "native", "libLibTorchSharp.so");

    private string Copied => Path.Combine(_folder, "bin", "libLibTorchSharp.so");

    public void Dispose() => Directory.Delete(_folder, recursive: true);

    [Fact]
    public void Where_libstdcxx_is_too_old_one_bit_is_set()
    {
        Assert.SkipUnless(OperatingSystem.IsLinux(), "only Linux's loader asks for symbol versions");
        byte[] before = File.ReadAllBytes(_packaged);
        Copy("GLIBCXX_3.4.29", "GLIBCXX_3.4.30");

        byte[] after = File.ReadAllBytes(Copied);
        int place = Enumerable.Range(0, before.Length).Single(at => before[at] != after[at]);
        (before[place] ^ after[place]).Should().Be(2, "that is VER_FLG_WEAK");
        // An entry of needed versions begins with the hash of its name, and its flags follow.
        BitConverter.ToUInt32(after, place - 4).Should().Be(Hash(Needed));
        after.Should().HaveSameCount(before);
        File.ReadAllBytes(_packaged).Should().Equal(before, "the package cache is not ours");
    }

    [Fact]
    public void It_is_done_again_after_every_copy()
    {
        Assert.SkipUnless(OperatingSystem.IsLinux(), "only Linux's loader asks for symbol versions");
        Copy("GLIBCXX_3.4.30");
        byte[] first = File.ReadAllBytes(Copied);
        Copy("GLIBCXX_3.4.30");
        File.ReadAllBytes(Copied).Should().Equal(first);
        File.Copy(_packaged, Copied, overwrite: true);
        Copy("GLIBCXX_3.4.30");
        File.ReadAllBytes(Copied).Should().Equal(first);
    }

    [Fact]
    public void Where_libstdcxx_is_new_enough_nothing_is_changed()
    {
        Copy("GLIBCXX_3.4.30", "GLIBCXX_3.4.32", "GLIBCXX_3.4.33");
        File.ReadAllBytes(Copied).Should().Equal(File.ReadAllBytes(_packaged));
    }

    [Fact]
    public void Where_it_is_older_than_what_is_really_called_a_warning_says_so()
    {
        Assert.SkipUnless(OperatingSystem.IsLinux(), "only Linux's loader asks for symbol versions");
        Copy("GLIBCXX_3.4.28", "GLIBCXX_3.4.29").Should().Contain("warning").And.Contain("GLIBCXX_3.4.30").And.Contain("container image");
        File.ReadAllBytes(Copied).Should().Equal(File.ReadAllBytes(_packaged));
    }

    // Copies the library as a build does, by a hard link where the file system has it.
    private string Copy(params string[] offered)
    {
        string system = Path.Combine(_folder, "libstdc++.so.6"), project = Path.Combine(_folder, "copy.proj");
        File.WriteAllText(system, string.Concat(offered.Select(version => version + "\0")), Encoding.ASCII);
        File.WriteAllText(project, $"""
            <Project>
              <PropertyGroup>
                <OutDir>{Path.Combine(_folder, "bin")}/</OutDir>
                <PublishDir>{Path.Combine(_folder, "none")}/</PublishDir>
              </PropertyGroup>
              <Target Name="CopyFilesToOutputDirectory">
                <Copy SourceFiles="{_packaged}" DestinationFolder="$(OutDir)" SkipUnchangedFiles="true" UseHardlinksIfPossible="true" />
              </Target>
              <Import Project="{Path.Combine(Build.RepositoryRoot, "eng", "OldLibstdcxx.targets")}" />
            </Project>
            """);
        return Dotnet.Run(_folder, null, "msbuild", project, "-nologo", "-t:CopyFilesToOutputDirectory", $"-p:SystemLibstdcxx={system}");
    }

    // As the System V ABI hashes symbol names.
    private static uint Hash(string name) => name.Aggregate(0u, (hash, letter) =>
    {
        hash = (hash << 4) + letter;
        uint high = hash & 0xF0000000;
        return (hash ^ (high >> 24)) & ~high;
    });
}
