using System.Reflection;

namespace BridgeNet.TestKit.Abi;

/// <summary>Has gcc prove that what the code says about the kernel's interface is what the kernel's own headers say.</summary>
/// <remarks>
/// Claims are read from the documentation: a constant or enumeration member whose summary starts with a kernel name
/// ("IFLA_MTU, u32: …", "SIGPIPE, signal(7)", "sizeof(struct nlmsghdr)") or that bears one itself (EPERM) has that value;
/// a struct whose summary starts with "struct ifinfomsg" has that size, and each field whose summary starts with a
/// C field's name ("ifi_index, i32: …") has its offset and size.
/// </remarks>
public static class AbiProof
{
    /// <summary>Proves every claim of an assembly, whose XML documentation lies beside it.</summary>
    /// <param name="assembly">What claims.</param>
    /// <param name="headers">The C headers that know better, as <c>linux/netlink.h</c>, in the order of their inclusion.</param>
    /// <param name="except">Types whose values are not the kernel's although their documentation names it.</param>
    public static AbiReport Prove(Assembly assembly, IReadOnlyList<string> headers, params Type[] except) =>
        Prove(assembly.GetTypes().Except(except), headers);

    /// <summary>Proves every claim of some types.</summary>
    /// <exception cref="InvalidOperationException">There is nothing to prove: then the proof would prove nothing.</exception>
    public static AbiReport Prove(IEnumerable<Type> types, IReadOnlyList<string> headers)
    {
        AbiClaims claims = AbiClaims.Read(types);
        if (claims.Stated.Count == 0)
        {
            throw new InvalidOperationException("no constant, enumeration member or struct here names the kernel's: there is nothing to prove");
        }

        string[] preamble = [.. headers.Select(header => $"#include <{header}>"), "#include <stddef.h>"];
        string source = string.Join('\n', [.. preamble, .. claims.Stated.Select(claim => claim.ToC()), ""]);
        IEnumerable<GccError> errors = Gcc.Check(source).DistinctBy(error => error.Line == GccError.Elsewhere ? error : error with { Message = "" });
        string[] failures = [.. errors.Select(error => Explain(error, preamble.Length, claims.Stated))];
        return new AbiReport(claims.Stated.Count, failures, claims.Unnamed);
    }

    /// <summary>The constants that an assembly names as the kernel does, each kernel name with its value as a C literal.</summary>
    public static IEnumerable<(string Name, string Value)> Constants(Assembly assembly) =>
        AbiClaims.Read(assembly.GetTypes()).Stated.SelectMany(claim => claim.Expression.Split(" | "), (claim, name) => (name, claim.Value));

    private static string Explain(GccError error, int preambleLines, IReadOnlyList<AbiClaim> claims)
    {
        int index = error.Line - preambleLines - 1;
        return index >= 0 && index < claims.Count
            ? $"{claims[index].Member} = {claims[index].Value} is not {claims[index].Expression}: {error.Message}"
            : error.Message;
    }
}
