using System.Reflection;
using System.Runtime.CompilerServices;

namespace TripletLoss.Tests.PublicApi;

/// <summary>One member as a C# signature.</summary>
internal static class MemberSignature
{
    public static bool Visible(MethodBase method) => method.IsPublic || method.IsFamily || method.IsFamilyOrAssembly;

    public static string Constraints(IEnumerable<Type> parameters) => string.Concat(
        from parameter in parameters
        where Constraints(parameter).Any()
        select $" where {parameter.Name} : {string.Join(", ", Constraints(parameter))}");

    public static string? Of(MemberInfo member) => Obsolete(member) + member switch
    {
        ConstructorInfo constructor => $"{Access(constructor)}{TypeName.Simple(constructor.DeclaringType!)}({Parameters(constructor)})",
        MethodInfo method => $"{Access(method)}{Modifier(method)}{TypeName.Of(method.ReturnParameter)} {Name(method)}({Parameters(method)}){Constraints(method.GetGenericArguments())}",
        PropertyInfo property => Property(property),
        FieldInfo field => Field(field),
        EventInfo @event => $"{Access(@event.AddMethod!)}event {TypeName.Of(@event.EventHandlerType!)} {@event.Name}",
        _ => null,
    };

    private static string Obsolete(MemberInfo member) => member.IsDefined(typeof(ObsoleteAttribute)) ? "[Obsolete] " : "";

    private static string Access(MethodBase method) => method.IsPublic ? "public " : "protected ";

    private static string Modifier(MethodInfo method)
    {
        if (method.IsStatic) return "static ";
        var overrides = method.GetBaseDefinition() != method;
        if (method.IsAbstract) return overrides ? "abstract override " : "abstract ";
        if (overrides) return method.IsFinal ? "sealed override " : "override ";
        return method is { IsVirtual: true, IsFinal: false } ? "virtual " : "";
    }

    private static string Name(MethodInfo method) =>
        method.Name + (method.IsGenericMethod ? $"<{string.Join(", ", method.GetGenericArguments().Select(one => one.Name))}>" : "");

    private static IEnumerable<string> Constraints(Type parameter)
    {
        var flags = parameter.GenericParameterAttributes;
        var isStruct = flags.HasFlag(GenericParameterAttributes.NotNullableValueTypeConstraint);
        if (isStruct) yield return "struct";
        if (flags.HasFlag(GenericParameterAttributes.ReferenceTypeConstraint)) yield return "class";
        foreach (var type in parameter.GetGenericParameterConstraints().Where(type => type != typeof(ValueType))) yield return TypeName.Of(type);
        if (flags.HasFlag(GenericParameterAttributes.DefaultConstructorConstraint) && !isStruct) yield return "new()";
    }

    private static string Parameters(MethodBase method)
    {
        var extension = method.IsDefined(typeof(ExtensionAttribute)) ? "this " : "";
        return extension + string.Join(", ", method.GetParameters().Select(Parameter));
    }

    private static string Parameter(ParameterInfo parameter)
    {
        var way = !parameter.ParameterType.IsByRef ? "" : parameter.IsOut ? "out " : parameter.IsIn ? "in " : "ref ";
        var many = parameter.IsDefined(typeof(ParamArrayAttribute)) ? "params " : "";
        var ifLeftOut = parameter.HasDefaultValue ? " = " + DefaultValue.Of(parameter.RawDefaultValue, parameter.ParameterType) : "";
        return $"{many}{way}{TypeName.Of(parameter)} {parameter.Name}{ifLeftOut}";
    }

    private static string Property(PropertyInfo property)
    {
        var accessors = property.GetAccessors(true).Where(Visible).ToList();
        var index = property.GetIndexParameters();
        var name = index.Length == 0 ? property.Name : $"this[{string.Join(", ", index.Select(Parameter))}]";
        var kinds = string.Concat(accessors.Select(accessor => (accessor.ReturnType != typeof(void) ? "get" : Set(accessor)) + "; "));
        return $"{Access(accessors[0])}{Modifier(accessors[0])}{TypeName.Of(property)} {name} {{ {kinds}}}";
    }

    private static string Set(MethodInfo accessor) =>
        accessor.ReturnParameter.GetRequiredCustomModifiers().Contains(typeof(IsExternalInit)) ? "init" : "set";

    private static string Field(FieldInfo field)
    {
        var kind = field.IsLiteral ? "const " : (field.IsStatic ? "static " : "") + (field.IsInitOnly ? "readonly " : "");
        var value = field.IsLiteral ? " = " + DefaultValue.Of(field.GetRawConstantValue(), field.FieldType) : "";
        return $"{(field.IsPublic ? "public " : "protected ")}{kind}{TypeName.Of(field)} {field.Name}{value}";
    }
}
