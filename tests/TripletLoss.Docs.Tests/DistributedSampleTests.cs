namespace TripletLoss.Docs.Tests;

public class DistributedSampleTests
{
    [Fact]
    public void Ranks_train_the_network_that_one_process_trains()
    {
        var (exitCode, output, errors) = SampleProgram.Run("Distributed", "3");
        exitCode.Should().Be(0, "{0}{1}", output, errors);
        output.Should().StartWith("trained on 3 ranks and alone; largest difference between the networks: ");
        double[] scores = [.. output.TrimEnd().Split('\n')[^1].Split(' ', ',').Select(word => double.TryParse(word, out double score) ? score : -1).Where(score => score is > 0 and < 1)];
        scores.Should().HaveCount(3);
        scores[1].Should().BeGreaterThan(1.5 * scores[0], "it has learned");
    }
}
