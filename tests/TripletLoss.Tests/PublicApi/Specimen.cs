namespace TripletLoss.Tests.PublicApi;

/// <summary>A type that has one of each thing the text must tell.</summary>
public abstract class Specimen : IDisposable
{
    internal const string Text = """
        public abstract class TripletLoss.Tests.PublicApi.Specimen : IDisposable
            protected Specimen(double margin = 0.5, string? name = null, TripletLoss.Tests.PublicApi.Specimen.Choice choice = TripletLoss.Tests.PublicApi.Specimen.Choice.Second)
            protected abstract int Formula(in int count, params string?[] names)
            public (int Low, string? High) Bounds(List<string?> names, out long found)
            public const int Limit = 3
            public override string ToString()
            public static T[] Many<T>(T one, int? count = null) where T : class, IDisposable, new()
            public string? Name { get; init; }
            public virtual void Dispose()

        [Flags] public enum TripletLoss.Tests.PublicApi.Specimen.Choice : int
            First = 1
            Second = 2

        """;

    public const int Limit = 3;

    protected Specimen(double margin = 0.5, string? name = null, Choice choice = Choice.Second)
    {
        Name = $"{name}{margin}{choice}";
    }

    [Flags]
    public enum Choice
    {
        First = 1,
        Second = 2,
    }

    public string? Name { get; init; }

    public static T[] Many<T>(T one, int? count = null)
        where T : class, IDisposable, new() => Enumerable.Repeat(one, count ?? 1).ToArray();

    public (int Low, string? High) Bounds(List<string?> names, out long found)
    {
        found = names.Count;
        return (0, null);
    }

    public override string ToString() => Name ?? "";

    public virtual void Dispose() => GC.SuppressFinalize(this);

    protected abstract int Formula(in int count, params string?[] names);
}
