using System.Reflection;
using System.Text.RegularExpressions;

namespace TripletLoss.Tests.Conventions;

/// <summary>No number that the garbage collector may take away reaches libtorch.</summary>
public class NumberTests
{
    [Fact]
    public void The_library_hands_no_temporary_number_to_libtorch() => string.Join('\n', TemporaryNumbers.In(typeof(Loss).Assembly)).Should().BeEmpty();

    [Fact]
    public void The_tests_hand_no_temporary_number_to_libtorch() =>
        string.Join('\n', TemporaryNumbers.In(typeof(NumberTests).Assembly).Where(violation => !IsOnPurpose(violation))).Should().BeEmpty();

    [Fact]
    public void Every_kind_of_violation_is_found() =>
        TemporaryNumbers.In(typeof(NumberTests).Assembly).Where(IsOnPurpose)
            .Select(violation => Regex.Match(violation, @"^BadNumbers\.(?:<>c\.)?<?(\w+)").Groups[1].Value).Distinct()
            .Should().BeEquivalentTo(typeof(BadNumbers).GetMethods(BindingFlags.Static | BindingFlags.NonPublic | BindingFlags.DeclaredOnly).Select(method => method.Name));

    private static bool IsOnPurpose(string violation) => violation.StartsWith(nameof(BadNumbers), StringComparison.Ordinal);
}
