using System.Reflection;
using System.Runtime.CompilerServices;
using System.Text;

namespace TripletLoss.Tests.PublicApi;

/// <summary>Writes what a user of an assembly can see, a type after the other, as C# signatures.</summary>
internal static class PublicApiText
{
    private const BindingFlags Declared =
        BindingFlags.Public | BindingFlags.NonPublic | BindingFlags.Instance | BindingFlags.Static | BindingFlags.DeclaredOnly;

    public static string Of(Assembly assembly) => Of(assembly.GetExportedTypes());

    public static string Of(IEnumerable<Type> types)
    {
        var text = new StringBuilder();
        foreach (var type in types.OrderBy(type => type.FullName, StringComparer.Ordinal))
        {
            text.Append(text.Length == 0 ? "" : "\n").Append(TypeLine(type)).Append('\n');
            foreach (var member in Members(type))
            {
                text.Append("    ").Append(member).Append('\n');
            }
        }

        return text.ToString();
    }

    private static string TypeLine(Type type)
    {
        var flags = type.IsEnum && type.IsDefined(typeof(FlagsAttribute)) ? "[Flags] " : "";
        var bases = Bases(type).Order(StringComparer.Ordinal).ToList();
        if (type.BaseType is { } parent && type.IsClass && parent != typeof(object))
        {
            bases.Insert(0, TypeName.Of(parent));
        }

        var list = bases.Count == 0 || type.IsSubclassOf(typeof(Delegate)) ? "" : " : " + string.Join(", ", bases);
        return $"{flags}public {Kind(type)} {TypeName.Of(type)}{list}{MemberSignature.Constraints(type.GetGenericArguments())}";
    }

    private static string Kind(Type type) => type switch
    {
        { IsEnum: true } => "enum",
        { IsInterface: true } => "interface",
        { IsValueType: true } => type.IsDefined(typeof(IsReadOnlyAttribute)) ? "readonly struct" : "struct",
        { IsAbstract: true, IsSealed: true } => "static class",
        { IsAbstract: true } => "abstract class",
        { IsSealed: true } => "sealed class",
        _ => "class",
    };

    private static IEnumerable<string> Bases(Type type)
    {
        if (type.IsEnum) return [TypeName.Of(Enum.GetUnderlyingType(type))];
        var inherited = type.GetInterfaces().SelectMany(one => one.GetInterfaces())
            .Concat(type.BaseType?.GetInterfaces() ?? []);
        return type.GetInterfaces().Except(inherited).Select(one => TypeName.Of(one));
    }

    private static IEnumerable<string> Members(Type type)
    {
        if (type.IsEnum)
        {
            return type.GetFields(BindingFlags.Public | BindingFlags.Static)
                .OrderBy(field => Convert.ToInt64(field.GetRawConstantValue()))
                .Select(field => $"{field.Name} = {Convert.ToInt64(field.GetRawConstantValue())}");
        }

        return type.GetMembers(Declared).Where(Visible).Select(MemberSignature.Of).OfType<string>().Order(StringComparer.Ordinal);
    }

    // What a compiler adds by itself (to a record, say) is no decision of ours.
    private static bool Visible(MemberInfo member) => member switch
    {
        MethodInfo method => MemberSignature.Visible(method) && !Accessor(method) && !method.IsDefined(typeof(CompilerGeneratedAttribute)),
        MethodBase constructor => MemberSignature.Visible(constructor),
        PropertyInfo property => property.GetAccessors(true).Any(MemberSignature.Visible),
        FieldInfo field => field.IsPublic || field.IsFamily || field.IsFamilyOrAssembly,
        EventInfo @event => MemberSignature.Visible(@event.AddMethod!),
        _ => false,
    };

    private static bool Accessor(MethodInfo method) =>
        method.IsSpecialName && !method.Name.StartsWith("op_", StringComparison.Ordinal);
}
