namespace BridgeNet.TestKit.Abi;

/// <summary>That a C expression has a value.</summary>
/// <param name="Member">Who says so, as <c>Ifla.Mtu</c>.</param>
/// <param name="Expression">The C expression, as <c>IFLA_MTU</c>.</param>
/// <param name="Value">The value as a C literal.</param>
internal sealed record AbiClaim(string Member, string Expression, string Value)
{
    /// <summary>
    /// The C type that the wire cuts the expression to, where that is narrower than int: a complement (NLA_TYPE_MASK) is negative before.
    /// </summary>
    public string? NarrowType { get; init; }

    public string ToC() => $"_Static_assert({Condition()}, \"{Member}\");";

    private string Condition() => NarrowType is null
        ? $"({Expression}) == ({Value})"
        : $"({Expression}) == ({Value}) || (({Expression}) < 0 && ({NarrowType})({Expression}) == ({Value}))";
}
