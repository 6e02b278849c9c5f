using TorchSharp;
using static TorchSharp.torch;

namespace TorchSharpLibtorch.Tests.Files;

public class SaveLoadTests
{
    [Fact]
    public void Tensors_of_every_type_come_back()
    {
        foreach (ScalarType type in new[] { uint8, int8, int16, int32, int64, float16, bfloat16, float32, float64, ScalarType.Bool, complex64 })
        {
            using Tensor original = arange(6).reshape(2, 3).to(type).t();
            using var stream = new MemoryStream();
            original.Save(stream);
            stream.Position = 0;
            using Tensor read = Tensor.Load(stream);
            read.dtype.Should().Be(type);
            read.shape.Should().Equal(3, 2);
            read.Equals(original).Should().BeTrue();
            stream.Position.Should().Be(stream.Length);
        }
    }

    [Fact]
    public void The_format_is_type_rank_extents_and_elements()
    {
        using var stream = new MemoryStream();
        zeros([300], dtype: uint8).Save(stream);
        // Byte = 0, one dimension, 300 = 0b10_0101100 in groups of seven bits.
        stream.ToArray()[..4].Should().Equal(0, 1, 0b10101100, 0b10);
        stream.Length.Should().Be(4 + 300);
    }

    [Fact]
    public void A_tensor_that_does_not_fit_is_refused()
    {
        using var stream = new MemoryStream();
        ones(2, 2).Save(stream);
        Action type = () => Read(zeros([2, 2], dtype: float64));
        Action shape = () => Read(zeros(4));
        type.Should().Throw<ArgumentException>().WithMessage("*Float32*Float64*");
        shape.Should().Throw<ArgumentException>().WithMessage("*[2, 2]*[4]*");
        using Tensor target = zeros(2, 2);
        Read(target);
        target.sum().item<float>().Should().Be(4);
        stream.SetLength(stream.Length - 1);
        Action cut = () => Read(target);
        cut.Should().Throw<EndOfStreamException>();

        void Read(Tensor into)
        {
            stream.Position = 0;
            into.Load(new BinaryReader(stream));
        }
    }

    [Fact]
    public void Files_are_written_and_read()
    {
        string file = Path.GetTempFileName();
        try
        {
            using Tensor original = randn([3, 4], requires_grad: true);
            original.Save(file);
            using Tensor read = Tensor.Load(file);
            read.Equals(original).Should().BeTrue();
            read.requires_grad.Should().BeFalse();
        }
        finally
        {
            File.Delete(file);
        }
    }

    [Fact]
    public void PyTorchs_own_format_is_written_and_read()
    {
        string file = Path.GetTempFileName();
        try
        {
            using Tensor original = arange(6, dtype: float64).reshape(2, 3).t();
            torch.save(original, file);
            File.ReadAllBytes(file)[..2].Should().Equal("PK"u8.ToArray()); // a zip archive
            using Tensor read = torch.load(file);
            read.dtype.Should().Be(float64);
            read.Equals(original).Should().BeTrue();
            File.WriteAllText(file, "not an archive");
            Action damaged = () => torch.load(file);
            damaged.Should().Throw<Exception>();
        }
        finally
        {
            File.Delete(file);
        }
        Action missing = () => torch.load(file);
        missing.Should().Throw<FileNotFoundException>();
    }

    [Fact]
    public void Tensors_describe_themselves()
    {
        using Tensor grid = tensor(new float[,] { { 1, 2.5f }, { -3, 4 } });
        grid.ToString().Should().Be("[2x2], type = Float32, device = cpu");
        grid.npstr(newLine: "\n").Should().Be("[[  1, 2.5],\n[ -3,   4]]");
        grid.str(newLine: "\n").Should().Be("[2x2], type = Float32, device = cpu\n  1 2.5\n -3   4");
        grid.cstr().Should().Contain("{1, 2.5}");
        arange(1000).str().Should().Contain("...").And.Contain("999");
        tensor(true).npstr().Should().Be("true");
    }
}
