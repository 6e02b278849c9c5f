using System.Text;
using System.Text.Json;

namespace TripletLoss.Tests.Configuration;

/// <summary>Whatever a file holds, reading it gives a loss or the one documented exception.</summary>
public class RandomEditTests
{
    private const string Letters = "{}[]\",:.-+eE0123456789truefalsn \\u/*'>_\t\n\0é语\ud83d\ude42\uFEFF";

    private static readonly string[] Values =
        ["null", "true", "false", "0", "1", "-1", "1.5", "1e999", "-0", "9223372036854775808", "\"\"", "\"L1\"", "\"L2\"", "\"none\"", "\"auto\"",
         "\"Addons>TripletHardLoss\"", "\"TripletHardLoss\"", "\"tensorflow_addons.losses\"", "[]", "[{}]", "{}", "{\"margin\": 2}", "\"\\ud800\""];

    private static readonly string[] Names =
        ["name", "reduction", "margin", "soft", "active_only", "distance_metric", "module", "class_name", "config", "registered_name",
         "loss", "compile_config", "Margin", "", "a b", "é"];

    private static readonly string[] Valid =
    [
        Losses.Serialize(new TripletSemiHardLoss(0.5)),
        Losses.Serialize(new TripletHardLoss(0.5, true, Distance.Cosine, LossReduction.Sum, "näme"), indented: true),
        Losses.Serialize(new TripletBatchAllLoss(1e-7, false, Distance.Euclidean, LossReduction.None)),
        .. GoldenFile.Losses.Select(loss => loss.Value.GetProperty("serialize").GetRawText()),
        $$$"""{"class_name": "Sequential", "config": {}, "compile_config": {"loss": {{{Losses.Serialize(new TripletHardLoss())}}}, "metrics": [1, "a"]}}""",
        $$$"""{"loss": {{{Losses.Serialize(new TripletHardLoss())}}}, "metrics": []}""",
    ];

    [Fact]
    public void Edited_letters_give_a_loss_or_a_JsonException()
    {
        var random = new Random(1);
        Outcomes outcomes = default;
        for (int i = 0; i < 8_000; i++)
        {
            string json = Valid[i % Valid.Length];
            for (int edits = random.Next(1, 4); edits > 0; edits--)
                json = Edited(json, random);
            outcomes.Add(json);
        }
        outcomes.Read.Should().BeGreaterThan(200);
        outcomes.Refused.Should().BeGreaterThan(2000);
    }

    [Fact]
    public void Edited_members_give_a_loss_or_a_JsonException()
    {
        var random = new Random(2);
        Outcomes outcomes = default;
        for (int i = 0; i < 8_000; i++)
        {
            var tree = JsonTree.Parse(Valid[i % Valid.Length]);
            for (int edits = random.Next(1, 4); edits > 0; edits--)
                Edit(tree, random);
            outcomes.Add(tree.ToString());
        }
        outcomes.Read.Should().BeGreaterThan(800);
        outcomes.Refused.Should().BeGreaterThan(2000);
    }

    [Fact]
    public void Every_beginning_of_a_file_is_refused()
    {
        foreach (string json in Valid)
        {
            for (int length = 0; length < json.Length; length++)
                FluentActions.Invoking(() => Losses.Deserialize(json[..length])).Should().Throw<JsonException>().WithMessage("$*");
        }
    }

    [Fact]
    public void Random_bytes_are_refused()
    {
        var random = new Random(3);
        for (int i = 0; i < 2000; i++)
        {
            byte[] bytes = new byte[random.Next(40)];
            random.NextBytes(bytes);
            FluentActions.Invoking(() => Losses.Deserialize(bytes)).Should().Throw<JsonException>();
        }
    }

    [Fact]
    public void A_member_that_is_removed_swapped_or_repeated_has_the_outcome_it_must_have()
    {
        string expected = new TripletHardLoss().GetConfig().ToString();
        for (int i = 0; i < 5; i++)
        {
            var removed = JsonTree.Parse(Losses.Serialize(new TripletHardLoss()));
            removed.Members[2].Value.Members.RemoveAt(i);
            Losses.Deserialize(removed.ToString()).GetConfig().ToString().Should().Be(expected);

            var moved = JsonTree.Parse(Losses.Serialize(new TripletHardLoss()));
            moved.Members[2].Value.Members.Reverse(0, i + 1);
            moved.Members.Reverse(0, i % 5);
            Losses.Deserialize(moved.ToString()).GetConfig().ToString().Should().Be(expected);

            var repeated = JsonTree.Parse(Losses.Serialize(new TripletHardLoss()));
            var members = repeated.Members[2].Value.Members;
            members.Add(members[i]);
            FluentActions.Invoking(() => Losses.Deserialize(repeated.ToString())).Should().Throw<JsonException>()
                .WithMessage($"$.config.{members[i].Name} occurs twice.");
        }
    }

    private static string Edited(string json, Random random)
    {
        int at = random.Next(json.Length);
        string letter = Letters[random.Next(Letters.Length)].ToString();
        return random.Next(4) switch
        {
            0 => json.Remove(at, 1),
            1 => json.Insert(at, letter),
            2 => json.Remove(at, 1).Insert(at, letter),
            _ => json.Remove(at, 1).Insert(random.Next(json.Length - 1), json[at].ToString()),
        };
    }

    private static void Edit(JsonTree tree, Random random)
    {
        JsonTree[] objects = [.. tree.Objects().Where(node => node.Members.Count > 0)];
        if (objects.Length == 0)
            return;
        var members = objects[random.Next(objects.Length)].Members;
        int at = random.Next(members.Count), other = random.Next(members.Count);
        switch (random.Next(6))
        {
            case 0: members.RemoveAt(at); break;
            case 1: members.Insert(other, members[at]); break;
            case 2: (members[at], members[other]) = (members[other], members[at]); break;
            case 3: members[at] = (Names[random.Next(Names.Length)], members[at].Value); break;
            case 4: members[at] = (members[at].Name, JsonTree.Of(Values[random.Next(Values.Length)])); break;
            default: members[at] = (members[at].Name, members[other].Value); break;
        }
    }

    /// <summary>Reads by both doors; anything but a loss or a JsonException fails the test.</summary>
    private record struct Outcomes(int Read, int Refused)
    {
        public void Add(string json)
        {
            Loss? loss = null;
            try
            {
                loss = Losses.Deserialize(json);
                Read++;
            }
            catch (JsonException exception)
            {
                exception.Message.Should().StartWith("$");
                exception.Path.Should().NotBeNull();
                Refused++;
            }
            if (loss is not null)
                Losses.Deserialize(Losses.Serialize(loss)).GetConfig().Equals(loss.GetConfig()).Should().BeTrue();
            try
            {
                JsonSerializer.Deserialize<Loss>(Encoding.UTF8.GetBytes(json)); // of a string, half a surrogate pair is an ArgumentException of its own
            }
            catch (JsonException exception)
            {
                exception.Path.Should().NotBeNull();
            }
        }
    }
}
