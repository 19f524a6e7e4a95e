using BridgeNet.Netlink.Netfilter;

namespace BridgeNet.Firewall;

/// <summary>A packet of a network's as far as every packet of its direction is alike: what else rules may ask of it is not known.</summary>
/// <param name="Bridge">The network's bridge.</param>
/// <param name="Direction">Where it goes.</param>
/// <param name="Family">IPv4 or IPv6.</param>
internal sealed record ForwardSample(ForwardedBridge Bridge, ForwardDirection Direction, NftFamily Family)
{
    /// <summary>Whether it comes from the bridge; else it goes there.</summary>
    public bool ComesFromBridge => Direction is ForwardDirection.OutOf or ForwardDirection.AnswersOutOf;

    /// <summary>Its connection's state.</summary>
    public CtStateFlags State => Direction is ForwardDirection.Into or ForwardDirection.OutOf ? CtStateFlags.New : CtStateFlags.Established;

    /// <summary>Whether its connection is one to a published port.</summary>
    public bool IsPublished => Direction is ForwardDirection.Into or ForwardDirection.AnswersOutOf;
}
