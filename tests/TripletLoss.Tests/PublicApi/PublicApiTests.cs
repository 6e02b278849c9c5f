namespace TripletLoss.Tests.PublicApi;

public class PublicApiTests
{
    private const string Advice =
        "the public API changed. If that is meant, run `make api`, read the difference and commit it; a renamed parameter breaks callers too";

    [Fact]
    public void The_public_api_is_the_reviewed_one()
    {
        var file = Path.Combine(RepositoryRoot(), "src", "TripletLoss", "PublicApi.txt");
        var actual = PublicApiText.Of(typeof(Loss).Assembly);
        if (Environment.GetEnvironmentVariable("UPDATE_PUBLIC_API") == "1")
        {
            File.WriteAllText(file, actual);
        }

        var reviewed = File.Exists(file) ? File.ReadAllText(file).ReplaceLineEndings("\n") : "";
        Difference(reviewed, actual).Should().BeEmpty(Advice);
    }

    [Fact]
    public void The_text_tells_names_defaults_nullability_and_modifiers()
    {
        PublicApiText.Of([typeof(Specimen), typeof(Specimen.Choice)]).ReplaceLineEndings("\n").Should().Be(Specimen.Text);
    }

    private static string Difference(string reviewed, string actual)
    {
        var (before, after) = (Lines(reviewed), Lines(actual));
        return string.Join('\n', before.Except(after).Select(line => "- " + line).Concat(after.Except(before).Select(line => "+ " + line)));
    }

    // A member's line is told with its type, so that the same line in two types counts twice.
    private static List<string> Lines(string text)
    {
        var type = "";
        var lines = new List<string>();
        foreach (var line in text.Split('\n', StringSplitOptions.RemoveEmptyEntries))
        {
            type = line.StartsWith(' ') ? type : line;
            lines.Add(line == type ? line : $"{type} {{ {line.Trim()} }}");
        }

        return lines;
    }

    private static string RepositoryRoot()
    {
        var folder = AppContext.BaseDirectory;
        while (!File.Exists(Path.Combine(folder, "TripletLoss.sln")))
        {
            folder = Path.GetDirectoryName(folder) ?? throw new InvalidOperationException("TripletLoss.sln is in no folder above the tests.");
        }

        return folder;
    }
}
