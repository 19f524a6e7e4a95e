using BridgeNet.Netlink.Wire;

namespace BridgeNet.Netlink.Netfilter;

/// <summary>One step of a rule: it loads, compares, changes or decides.</summary>
public abstract record NftExpression
{
    private protected NftExpression()
    {
    }

    /// <summary>The kernel's name of its kind.</summary>
    public abstract string Name { get; }

    /// <summary>Writes the attributes of its kind.</summary>
    internal abstract void WriteData(NetlinkWriter writer);
}
