namespace TripletLoss.Docs.Tests;

public class ReadmeTests
{
    private static readonly string Readme = Repository.Read("README.md");

    [Fact]
    public void Its_table_names_every_loss()
    {
        var losses = typeof(Loss).Assembly.GetExportedTypes().Where(type => type.IsSubclassOf(typeof(Loss)));
        losses.Should().OnlyContain(loss => Readme.Contains($"| `{loss.Name}` |"));
    }
}
