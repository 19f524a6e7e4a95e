namespace BridgeNet.TestKit.Abi;

/// <summary>That a C expression has a value.</summary>
/// <param name="Member">Who says so, as <c>Ifla.Mtu</c>.</param>
/// <param name="Expression">The C expression, as <c>IFLA_MTU</c>.</param>
/// <param name="Value">The value as a C literal.</param>
internal sealed record AbiClaim(string Member, string Expression, string Value)
{
    public string ToC() => $"_Static_assert(({Expression}) == ({Value}), \"{Member}\");";
}
