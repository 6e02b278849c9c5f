using System.Reflection;
using System.Runtime.CompilerServices;

namespace TripletLoss.Tests.PublicApi;

/// <summary>A type as C# writes it, with nullability and the names of tuple elements where they can be known.</summary>
internal sealed class TypeName
{
    private static readonly Dictionary<Type, string> Keywords = new()
    {
        [typeof(void)] = "void",
        [typeof(object)] = "object",
        [typeof(string)] = "string",
        [typeof(bool)] = "bool",
        [typeof(byte)] = "byte",
        [typeof(sbyte)] = "sbyte",
        [typeof(short)] = "short",
        [typeof(ushort)] = "ushort",
        [typeof(int)] = "int",
        [typeof(uint)] = "uint",
        [typeof(long)] = "long",
        [typeof(ulong)] = "ulong",
        [typeof(float)] = "float",
        [typeof(double)] = "double",
        [typeof(decimal)] = "decimal",
        [typeof(char)] = "char",
        [typeof(TorchSharp.torch.Tensor)] = "Tensor",
    };

    private static readonly string[] Familiar = ["TripletLoss", "System", "System.Collections.Generic"];

    private readonly Queue<string?> _tupleNames;

    private TypeName(ICustomAttributeProvider? holder)
    {
        var names = holder?.GetCustomAttributes(typeof(TupleElementNamesAttribute), false).Cast<TupleElementNamesAttribute>().FirstOrDefault();
        _tupleNames = new Queue<string?>(names?.TransformNames ?? []);
    }

    public static string Of(Type type) => new TypeName(null).Write(type, null);

    public static string Of(ParameterInfo parameter) =>
        new TypeName(parameter).Write(parameter.ParameterType, new NullabilityInfoContext().Create(parameter));

    public static string Of(PropertyInfo property) =>
        new TypeName(property).Write(property.PropertyType, new NullabilityInfoContext().Create(property));

    public static string Of(FieldInfo field) =>
        new TypeName(field).Write(field.FieldType, new NullabilityInfoContext().Create(field));

    public static string Simple(Type type) => type.Name.Split('`')[0];

    private string Write(Type type, NullabilityInfo? known)
    {
        if (type.IsByRef) return Write(type.GetElementType()!, known);
        if (type.IsPointer) return Write(type.GetElementType()!, null) + "*";
        if (Nullable.GetUnderlyingType(type) is { } value) return Write(value, null) + "?";
        var mark = type is { IsValueType: false, IsGenericParameter: false } && known?.ReadState == NullabilityState.Nullable ? "?" : "";
        if (type.IsArray) return Write(type.GetElementType()!, known?.ElementType) + "[]" + mark;
        if (IsTuple(type)) return Tuple(type, known);
        return (Keywords.GetValueOrDefault(type) ?? Named(type, known)) + mark;
    }

    private static bool IsTuple(Type type) => type is { IsGenericType: true, Namespace: "System" } && type.Name.StartsWith("ValueTuple`", StringComparison.Ordinal);

    private string Tuple(Type type, NullabilityInfo? known)
    {
        var elements = type.GetGenericArguments();
        var names = elements.Select(_ => _tupleNames.TryDequeue(out var name) ? name : null).ToArray();
        return $"({string.Join(", ", elements.Select((element, at) => $"{Write(element, Argument(known, at))} {names[at]}".TrimEnd()))})";
    }

    private string Named(Type type, NullabilityInfo? known)
    {
        if (type.IsGenericParameter) return type.Name;
        var place = type.DeclaringType is { } outer ? Of(outer) + "." : Familiar.Contains(type.Namespace) ? "" : type.Namespace + ".";
        var arguments = type.GetGenericArguments();
        var inherited = type.DeclaringType?.GetGenericArguments().Length ?? 0;
        var own = string.Join(", ", arguments.Skip(inherited).Select((argument, at) => Write(argument, Argument(known, inherited + at))));
        return place + Simple(type) + (own == "" ? "" : $"<{own}>");
    }

    private static NullabilityInfo? Argument(NullabilityInfo? known, int at) =>
        known?.GenericTypeArguments is { } all && at < all.Length ? all[at] : null;
}
