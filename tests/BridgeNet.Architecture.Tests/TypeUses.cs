using System.Reflection;
using System.Reflection.Emit;

namespace BridgeNet.Architecture;

/// <summary>Which types a compiled type uses: in its signatures, its fields, its attributes and the bodies of its methods.</summary>
internal static class TypeUses
{
    private const BindingFlags Declared =
        BindingFlags.Public | BindingFlags.NonPublic | BindingFlags.Static | BindingFlags.Instance | BindingFlags.DeclaredOnly;

    private static readonly Dictionary<short, OpCode> s_codes =
        typeof(OpCodes).GetFields().Select(field => (OpCode)field.GetValue(null)!).ToDictionary(code => code.Value);

    /// <summary>The outermost types that a type and what is nested in it use, without itself.</summary>
    public static IReadOnlySet<Type> Of(Type type)
    {
        HashSet<Type> used = [];
        Collect(type, used);
        HashSet<Type> outermost = [.. used.Select(Outermost)];
        outermost.Remove(type);
        return outermost;
    }

    private static void Collect(Type type, HashSet<Type> used)
    {
        Add(type.BaseType, used);
        Add(type.GetInterfaces(), used);
        Add(type.CustomAttributes.Select(attribute => attribute.AttributeType), used);
        Add(type.GetFields(Declared).Select(field => field.FieldType), used);
        foreach (MethodBase method in type.GetMethods(Declared).Cast<MethodBase>().Concat(type.GetConstructors(Declared)))
        {
            Add((method as MethodInfo)?.ReturnType, used);
            Add(method.GetParameters().Select(parameter => parameter.ParameterType), used);
            if (method.GetMethodBody() is { } body)
            {
                Add(body.LocalVariables.Select(local => local.LocalType), used);
                Add(body.ExceptionHandlingClauses.Where(
                    clause => clause.Flags is ExceptionHandlingClauseOptions.Clause).Select(clause => clause.CatchType), used);
                CollectBody(method, body.GetILAsByteArray() ?? [], used);
            }
        }
        foreach (Type nested in type.GetNestedTypes(Declared))
        {
            Collect(nested, used);
        }
    }

    private static void CollectBody(MethodBase method, byte[] il, HashSet<Type> used)
    {
        Type[] typeArguments = method.DeclaringType!.GetGenericArguments();
        Type[] methodArguments = method.IsGenericMethod ? method.GetGenericArguments() : [];
        for (int at = 0; at < il.Length;)
        {
            OpCode code = il[at] == 0xfe ? s_codes[unchecked((short)(0xfe00 | il[at + 1]))] : s_codes[il[at]];
            at += code.Size;
            if (code.OperandType is OperandType.InlineMethod or OperandType.InlineField or OperandType.InlineType or OperandType.InlineTok)
            {
                MemberInfo? member = method.Module.ResolveMember(BitConverter.ToInt32(il, at), typeArguments, methodArguments);
                Add(member as Type ?? member?.DeclaringType, used);
                Add((member as MethodInfo)?.ReturnType, used);
                Add(member is MethodInfo { IsGenericMethod: true } generic ? generic.GetGenericArguments() : [], used);
            }
            at += OperandSize(code, il, at);
        }
    }

    private static int OperandSize(OpCode code, byte[] il, int at) => code.OperandType switch
    {
        OperandType.InlineNone => 0,
        OperandType.ShortInlineBrTarget or OperandType.ShortInlineI or OperandType.ShortInlineVar => 1,
        OperandType.InlineVar => 2,
        OperandType.InlineI8 or OperandType.InlineR => 8,
        OperandType.InlineSwitch => 4 + (4 * BitConverter.ToInt32(il, at)),
        _ => 4,
    };

    private static void Add(IEnumerable<Type?> types, HashSet<Type> used)
    {
        foreach (Type? type in types)
        {
            Add(type, used);
        }
    }

    private static void Add(Type? type, HashSet<Type> used)
    {
        if (type is null || type.IsGenericParameter)
        {
            return;
        }
        if (type.HasElementType)
        {
            Add(type.GetElementType(), used);
            return;
        }
        if (type.IsConstructedGenericType)
        {
            Add(type.GetGenericArguments(), used);
            type = type.GetGenericTypeDefinition();
        }
        used.Add(type);
    }

    private static Type Outermost(Type type) => type.DeclaringType is { } outer ? Outermost(outer) : type;
}
