using System.Text.Json;
using static TorchSharp.torch;

namespace TripletLoss.Tests.Configuration;

public class KerasGoldenTests
{
    private static readonly string[] Forms =
        ["serialize", "serialize_legacy", "keras_file_compile_config_loss", "h5_training_config_loss"];

    public static TheoryData<string, string> Envelopes()
    {
        var data = new TheoryData<string, string>();
        foreach (var loss in GoldenFile.Losses)
        {
            foreach (string form in Forms)
                data.Add(loss.Name, form);
        }
        return data;
    }

    [Fact]
    public void The_file_holds_five_losses_in_four_forms() => Envelopes().Should().HaveCount(20);

    [Theory]
    [MemberData(nameof(Envelopes))]
    public void Every_envelope_that_Keras_wrote_is_read(string key, string form)
    {
        JsonElement envelope = GoldenFile.Loss(key).GetProperty(form);

        foreach (Loss loss in (Loss[])[Losses.Deserialize(envelope), Losses.Deserialize(envelope.GetRawText()), JsonSerializer.Deserialize<Loss>(envelope)!])
        {
            loss.GetConfig().ToString().Should().Be(Expected(key).GetConfig().ToString());
            loss.GetType().Should().Be(Expected(key).GetType());
        }
    }

    [Theory]
    [MemberData(nameof(Envelopes))]
    public void It_is_read_as_it_stands_in_a_model(string key, string form)
    {
        string loss = GoldenFile.Loss(key).GetProperty(form).GetRawText();
        string kerasFile = $$$"""
            {"module": "keras", "class_name": "Sequential", "config": {"name": "sequential", "layers": [{"a": [1, {"b": null}]}]},
             "registered_name": null, "build_config": {"input_shape": [null, 4]},
             "compile_config": {"optimizer": {"class_name": "Adam", "config": {}}, "loss": {{{loss}}}, "metrics": null, "jit_compile": false}}
            """;
        string hdf5 = $$$"""{"loss": {{{loss}}}, "metrics": null, "weighted_metrics": null, "loss_weights": null, "optimizer_config": {}}""";

        Losses.Deserialize(kerasFile).GetConfig().ToString().Should().Be(Expected(key).GetConfig().ToString());
        Losses.Deserialize(hdf5).GetConfig().ToString().Should().Be(Expected(key).GetConfig().ToString());
    }

    [Fact]
    public void Our_envelope_has_the_keys_of_Keras_in_its_order()
    {
        JsonElement golden = GoldenFile.Loss("TripletSemiHardLoss_023").GetProperty("serialize");
        using var ours = JsonDocument.Parse(Losses.Serialize(new TripletSemiHardLoss()));
        ours.RootElement.EnumerateObject().Select(property => property.Name)
            .Should().Equal(golden.EnumerateObject().Select(property => property.Name));
    }

    [Theory]
    [InlineData("none", null)]
    [InlineData("scalar_2", 2.0)]
    public void A_scalar_weight_scales_the_loss_as_in_TensorFlow_Addons(string key, double? weight)
    {
        using var scope = NewDisposeScope();
        JsonElement golden = GoldenFile.Loss("weighted_070");
        var embeddings = tensor(golden.GetProperty("embeddings").Deserialize<double[]>()!).reshape(golden.GetProperty("shape").Deserialize<long[]>()!);
        var labels = tensor(golden.GetProperty("labels").Deserialize<long[]>()!);

        var value = new TripletSemiHardLoss().Call(labels, embeddings, weight is null ? null : tensor(weight.Value));

        double expected = golden.GetProperty(key).GetDouble();
        value.item<double>().Should().BeApproximately(expected, 1e-5 * expected);
    }

    private static Loss Expected(string key) => key switch
    {
        "TripletSemiHardLoss_070_default" => new TripletSemiHardLoss(),
        "TripletSemiHardLoss_070_margin_0.3_named" => new TripletSemiHardLoss(0.3, name: "tri"),
        "TripletSemiHardLoss_023" => new TripletSemiHardLoss(0.3, Distance.Cosine, name: "t"),
        "TripletHardLoss_023" => new TripletHardLoss(1.0, soft: true, Distance.Euclidean),
        "TripletSemiHardLoss_070_reduction_sum_is_swallowed" => new TripletSemiHardLoss(0.3, name: "ignored-reduction"),
        _ => throw new ArgumentOutOfRangeException(nameof(key), key, "no expectation"),
    };
}
