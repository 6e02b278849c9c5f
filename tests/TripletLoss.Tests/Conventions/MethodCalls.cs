using System.Reflection;
using System.Reflection.Emit;
using System.Reflection.Metadata;
using System.Reflection.Metadata.Ecma335;
using System.Reflection.PortableExecutable;

namespace TripletLoss.Tests.Conventions;

/// <summary>Who calls whom in an assembly, read from its code: lambdas, iterators and all that the compiler made of a method count.</summary>
internal sealed class MethodCalls
{
    private static readonly Dictionary<short, OpCode> OpCodes = typeof(OpCodes).GetFields(BindingFlags.Public | BindingFlags.Static)
        .Select(field => (OpCode)field.GetValue(null)!).ToDictionary(code => code.Value);

    /// <summary>Follows a call whose result goes into a variable at once.</summary>
    public const string StoredResult = " stored";

    private readonly PEReader _file;
    private readonly MetadataReader _metadata;

    public MethodCalls(Assembly assembly)
    {
        _file = new PEReader(File.OpenRead(assembly.Location));
        _metadata = _file.GetMetadataReader();
        foreach (var handle in _metadata.MethodDefinitions)
        {
            var method = _metadata.GetMethodDefinition(handle);
            var called = method.RelativeVirtualAddress == 0 ? [] : Called(_file.GetMethodBody(method.RelativeVirtualAddress).GetILBytes()!);
            Callers.Add(new(NameOf(handle), [.. called]));
        }
    }

    /// <summary>Every method with what it calls, as <c>Type.Method(parameters)</c>.</summary>
    public List<(string Caller, HashSet<string> Called)> Callers { get; } = [];

    private IEnumerable<string> Called(byte[] code)
    {
        for (var at = 0; at < code.Length;)
        {
            short value = code[at++];
            var operation = OpCodes[value == 0xFE ? (short)(0xFE00 | code[at++]) : value];
            if (operation.OperandType == OperandType.InlineMethod)
                yield return NameOf(MetadataTokens.EntityHandle(BitConverter.ToInt32(code, at))) + (IsStore(code, at + 4) ? StoredResult : "");
            at += operation.OperandType switch
            {
                OperandType.InlineNone => 0,
                OperandType.ShortInlineBrTarget or OperandType.ShortInlineI or OperandType.ShortInlineVar => 1,
                OperandType.InlineVar => 2,
                OperandType.InlineI8 or OperandType.InlineR => 8,
                OperandType.InlineSwitch => 4 + 4 * BitConverter.ToInt32(code, at),
                _ => 4,
            };
        }
    }

    // stloc.0 to 3, stloc.s, stloc, stfld, stsfld.
    private static bool IsStore(byte[] code, int at) =>
        at < code.Length && (code[at] is >= 0x0A and <= 0x0D or 0x13 or 0x7D or 0x80 || (code[at] == 0xFE && code[at + 1] == 0x0E));

    private string NameOf(EntityHandle handle)
    {
        switch (handle.Kind)
        {
            case HandleKind.MethodSpecification:
                return NameOf(_metadata.GetMethodSpecification((MethodSpecificationHandle)handle).Method);
            case HandleKind.MethodDefinition:
                var method = _metadata.GetMethodDefinition((MethodDefinitionHandle)handle);
                return Name(TypeName(method.GetDeclaringType()), method.Name, method.DecodeSignature(SignatureNames.Instance, null));
            default:
                var member = _metadata.GetMemberReference((MemberReferenceHandle)handle);
                return member.GetKind() == MemberReferenceKind.Method
                    ? Name(TypeName(member.Parent), member.Name, member.DecodeMethodSignature(SignatureNames.Instance, null))
                    : "";
        }
    }

    private string Name(string type, StringHandle name, MethodSignature<string> signature) =>
        $"{type}.{_metadata.GetString(name)}({string.Join(", ", signature.ParameterTypes)}) -> {signature.ReturnType}";

    private string TypeName(EntityHandle handle) => handle.Kind switch
    {
        HandleKind.TypeDefinition when _metadata.GetTypeDefinition((TypeDefinitionHandle)handle) is var type =>
            (type.GetDeclaringType().IsNil ? "" : TypeName(type.GetDeclaringType()) + ".") + _metadata.GetString(type.Name),
        HandleKind.TypeReference when _metadata.GetTypeReference((TypeReferenceHandle)handle) is var type =>
            (type.ResolutionScope.Kind == HandleKind.TypeReference ? TypeName(type.ResolutionScope) + "." : "") + _metadata.GetString(type.Name),
        HandleKind.TypeSpecification => _metadata.GetTypeSpecification((TypeSpecificationHandle)handle).DecodeSignature(SignatureNames.Instance, null),
        _ => "",
    };
}
