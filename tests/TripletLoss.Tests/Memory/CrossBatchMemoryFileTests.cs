using System.Text;
using static TorchSharp.torch;

namespace TripletLoss.Tests;

public sealed class CrossBatchMemoryFileTests
{
    public static TheoryData<ScalarType> Floats => [.. TypeMatrix.Floats];

    [Theory]
    [MemberData(nameof(Floats))]
    public void What_was_saved_is_loaded_bit_for_bit(ScalarType type)
    {
        using var scope = NewDisposeScope();
        using var file = new TemporaryFile();
        using var memory = Filled(type, calls: 3);
        memory.Save(file.Path);
        using var resumed = new CrossBatchMemory(new TripletSemiHardLoss(), 10);
        resumed.Call(tensor([1L]), ones(1, 7));
        resumed.Load(file.Path);
        (resumed.Count, resumed.Calls).Should().Be((10, 3));
        var (expected, found) = (memory.GetState(), resumed.GetState());
        foreach (var name in expected.Keys)
        {
            found[name].dtype.Should().Be(expected[name].dtype);
            found[name].bytes.ToArray().Should().Equal(expected[name].bytes.ToArray());
        }
        Directory.GetFiles(file.Folder).Should().Equal(file.Path);
    }

    [Fact]
    public void An_empty_memory_is_saved_too()
    {
        using var scope = NewDisposeScope();
        using var file = new TemporaryFile();
        using var empty = new CrossBatchMemory(new TripletSemiHardLoss(), 10);
        empty.Save(file.Path);
        using var memory = Filled(ScalarType.Float32, calls: 1);
        memory.Load(file.Path);
        (memory.Count, memory.Calls).Should().Be((0, 0));
    }

    /// <summary>Byte for byte what the format's description says.</summary>
    [Fact]
    public void The_file_is_one_of_safetensors()
    {
        using var scope = NewDisposeScope();
        using var file = new TemporaryFile();
        using var memory = new CrossBatchMemory(new TripletSemiHardLoss(), 10);
        memory.Call(tensor([7L, 8]), tensor(new[,] { { 1f, 2 }, { 3, 4 } }));
        memory.Save(file.Path);
        const string header = """
            {"embeddings":{"dtype":"F32","shape":[2,2],"data_offsets":[0,16]},"labels":{"dtype":"I64","shape":[2],"data_offsets":[16,32]},"position":{"dtype":"I64","shape":[],"data_offsets":[32,40]},"capacity":{"dtype":"I64","shape":[],"data_offsets":[40,48]},"calls":{"dtype":"I64","shape":[],"data_offsets":[48,56]}}
            """;
        var length = (header.Length + 7) / 8 * 8;
        File.ReadAllBytes(file.Path).Should().Equal(
        [
            .. BitConverter.GetBytes((long)length), .. Encoding.UTF8.GetBytes(header.PadRight(length)), .. new[] { 1f, 2, 3, 4 }.SelectMany(BitConverter.GetBytes),
            .. new[] { 7L, 8, 2, 10, 1 }.SelectMany(BitConverter.GetBytes),
        ]);
    }

    [Fact]
    public void A_file_that_cannot_be_written_leaves_the_old_one()
    {
        using var scope = NewDisposeScope();
        using var file = new TemporaryFile();
        using var memory = Filled(ScalarType.Float32, calls: 1);
        // A folder is in the way of the name, and stays.
        Directory.CreateDirectory(file.Path);
        var error = FluentActions.Invoking(() => memory.Save(file.Path)).Should().Throw<Exception>().Which;
        (error is IOException or UnauthorizedAccessException).Should().BeTrue("it was {0}", error);
        Directory.GetFileSystemEntries(file.Folder).Should().Equal(file.Path);
        FluentActions.Invoking(() => memory.Save("")).Should().Throw<ArgumentException>().WithParameterName("path");
        FluentActions.Invoking(() => memory.Load(null!)).Should().Throw<ArgumentException>().WithParameterName("path");
        FluentActions.Invoking(() => memory.Load(Path.Combine(file.Folder, "none"))).Should().Throw<FileNotFoundException>();
    }

    [Fact]
    public void A_file_of_another_capacity_is_refused()
    {
        using var scope = NewDisposeScope();
        using var file = new TemporaryFile();
        using var memory = Filled(ScalarType.Float32, calls: 1);
        memory.Save(file.Path);
        using var other = new CrossBatchMemory(new TripletSemiHardLoss(), 11);
        FluentActions.Invoking(() => other.Load(file.Path)).Should().Throw<InvalidDataException>().WithMessage("*does not belong to this memory: state is of a memory of capacity 10, but this one's is 11*");
    }

    /// <summary>Whatever the bytes are: loaded, or refused in our words, and then the memory is as it was.</summary>
    [Fact]
    public void Damaged_files_are_refused_and_change_nothing()
    {
        using var scope = NewDisposeScope();
        using var file = new TemporaryFile();
        using var memory = Filled(ScalarType.Float32, calls: 3);
        memory.Save(file.Path);
        var whole = File.ReadAllBytes(file.Path);
        var headerEnd = 8 + (int)BitConverter.ToInt64(whole);
        var before = memory.References!.Embeddings;
        var random = new Random(5);
        var refused = 0;
        for (var trial = 0; trial < 3000; trial++)
        {
            using var trialScope = NewDisposeScope();
            File.WriteAllBytes(file.Path, Damaged(whole, headerEnd, random));
            using var victim = new CrossBatchMemory(new TripletSemiHardLoss(), 10);
            victim.SetState(memory.GetState());
            try
            {
                victim.Load(file.Path);
            }
            catch (InvalidDataException)
            {
                refused++;
                (victim.Count, victim.Calls).Should().Be((memory.Count, memory.Calls));
                victim.References!.Embeddings.equal(before).all().item<bool>().Should().BeTrue();
            }
        }
        refused.Should().BeInRange(1000, 2999);
    }

    [Theory]
    [InlineData("")]
    [InlineData("{}")]
    [InlineData("[]")]
    [InlineData("""{"embeddings":5}""")]
    [InlineData("""{"embeddings":{"dtype":"F32","shape":[1000000000000000,2],"data_offsets":[0,16]}}""")]
    [InlineData("""{"embeddings":{"dtype":"F32","shape":[4611686018427387904,4],"data_offsets":[0,0]}}""")]
    [InlineData("""{"embeddings":{"dtype":"F32","shape":[-2,-2],"data_offsets":[0,16]}}""")]
    [InlineData("""{"embeddings":{"dtype":"F32","shape":[2,2],"data_offsets":[-16,0]}}""")]
    [InlineData("""{"embeddings":{"dtype":"Q4","shape":[2,2],"data_offsets":[0,16]}}""")]
    [InlineData("""{"embeddings":{"dtype":1,"shape":"2","data_offsets":[0,16]}}""")]
    public void Headers_that_lie_are_refused(string header)
    {
        using var scope = NewDisposeScope();
        using var file = new TemporaryFile();
        using var memory = Filled(ScalarType.Float32, calls: 1);
        File.WriteAllBytes(file.Path, [.. BitConverter.GetBytes((long)header.Length), .. Encoding.UTF8.GetBytes(header), .. new byte[16]]);
        FluentActions.Invoking(() => memory.Load(file.Path)).Should().Throw<InvalidDataException>().WithMessage($"{file.Path} is not a safetensors file of a memory: *");
    }

    private static CrossBatchMemory Filled(ScalarType type, int calls)
    {
        var memory = new CrossBatchMemory(new TripletSemiHardLoss(), 10);
        for (var step = 0; step < calls; step++)
        {
            var (labels, points) = CrossBatchMemoryTests.Batch(step, 7);
            memory.Call(tensor(labels), points.detach().to_type(type)).Dispose();
        }
        return memory;
    }

    private static byte[] Damaged(byte[] whole, int headerEnd, Random random)
    {
        var bytes = whole.ToArray();
        switch (random.Next(4))
        {
            case 0:
                return bytes[..random.Next(bytes.Length)];
            case 1:
                bytes[random.Next(8)] = (byte)random.Next(256);
                return bytes;
            case 2:
                // A digit of the header, so that it stays JSON.
                var digits = Enumerable.Range(8, headerEnd - 8).Where(i => char.IsAsciiDigit((char)bytes[i])).ToArray();
                bytes[digits[random.Next(digits.Length)]] = (byte)('0' + random.Next(10));
                return bytes;
            default:
                bytes[random.Next(8, bytes.Length)] = (byte)random.Next(256);
                return bytes;
        }
    }
}
