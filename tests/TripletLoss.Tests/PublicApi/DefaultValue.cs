using System.Globalization;

namespace TripletLoss.Tests.PublicApi;

/// <summary>A constant as C# writes it.</summary>
internal static class DefaultValue
{
    public static string Of(object? value, Type type)
    {
        var plain = Nullable.GetUnderlyingType(type) ?? type;
        return value switch
        {
            null => plain == type && type.IsValueType ? "default" : "null",
            _ when plain.IsEnum => $"{TypeName.Of(plain)}.{Enum.ToObject(plain, value)}",
            bool yes => yes ? "true" : "false",
            string text => $"\"{text}\"",
            IFormattable number => number.ToString(null, CultureInfo.InvariantCulture),
            _ => value.ToString()!,
        };
    }
}
