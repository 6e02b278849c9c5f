using System.Reflection;
using TripletLoss.Tests.Conventions;

namespace TripletLoss.Docs.Tests;

/// <summary>What the samples do, others copy.</summary>
public class SampleNumberTests
{
    public static TheoryData<string> Programs => ["Quickstart", "Siamese", "Kanji", "Distributed", "TripletLoss.Learning"];

    [Theory]
    [MemberData(nameof(Programs))]
    public void No_sample_hands_a_temporary_number_to_libtorch(string program) => string.Join('\n', TemporaryNumbers.In(Assembly.Load(program))).Should().BeEmpty();
}
