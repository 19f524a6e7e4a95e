using BridgeNet.Netlink.Netfilter;

namespace BridgeNet.Core.Foreign;

/// <summary>What all packets of a container in one direction have in common. Whatever else a rule matches is unknown.</summary>
/// <param name="Bridge">The bridge of its network; null if that is not known.</param>
/// <param name="Direction">Where it goes.</param>
/// <param name="Family">IPv4 or IPv6.</param>
internal sealed record ForwardSample(ForwardedBridge? Bridge, ForwardDirection Direction, NftFamily Family)
{
    /// <summary>Whether a container sends it to elsewhere.</summary>
    public bool IsFromContainer => Direction is ForwardDirection.OutOf or ForwardDirection.AnswersOutOf;

    /// <summary>Whether the interface by which it comes, or that by which it leaves, is the bridge.</summary>
    public bool IsByBridge(bool isInput) => Direction is ForwardDirection.Between || isInput == IsFromContainer;

    /// <summary>Its connection's state.</summary>
    public CtStateFlags State =>
        Direction is ForwardDirection.AnswersInto or ForwardDirection.AnswersOutOf ? CtStateFlags.Established : CtStateFlags.New;

    /// <summary>Whether its connection leads to a published port.</summary>
    public bool IsPublished => Direction is ForwardDirection.Into or ForwardDirection.AnswersOutOf;
}
