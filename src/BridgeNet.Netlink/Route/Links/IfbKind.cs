using BridgeNet.Netlink.Wire;

namespace BridgeNet.Netlink.Route;

/// <summary>
/// An intermediate functional block: a packet that a filter redirects to it is queued by its discipline and then goes on where it was
/// taken from. It is how packets that come in are queued.
/// </summary>
public sealed record IfbKind : LinkKind
{
    internal const string KindName = "ifb";

    /// <summary>It has no properties.</summary>
    public IfbKind()
        : base(KindName)
    {
    }

    private protected override bool HasData => false;

    private protected override void WriteData(NetlinkWriter writer)
    {
    }
}
