namespace TripletLoss.Docs.Tests;

public class SolutionTests
{
    [Fact]
    public void The_solution_holds_every_project()
    {
        var solution = Repository.Read("TripletLoss.sln").Replace('\\', '/');
        var projects = new[] { "src", "tests", "samples" }
            .SelectMany(folder => Directory.GetDirectories(Path.Combine(Repository.Root, folder)))
            .SelectMany(folder => Directory.GetFiles(folder, "*.csproj"))
            .Select(project => Path.GetRelativePath(Repository.Root, project).Replace('\\', '/'));
        projects.Should().OnlyContain(project => solution.Contains($"\"{project}\""));
    }
}
