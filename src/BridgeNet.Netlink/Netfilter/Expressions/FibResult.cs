namespace BridgeNet.Netlink.Netfilter;

/// <summary>What a route lookup gives.</summary>
public enum FibResult : uint
{
    /// <summary>NFT_FIB_RESULT_OIF: index; u32.</summary>
    OutputInterface = 1,

    /// <summary>NFT_FIB_RESULT_OIFNAME: 16 bytes.</summary>
    OutputInterfaceName = 2,

    /// <summary>NFT_FIB_RESULT_ADDRTYPE: RTN_…; u32.</summary>
    AddressType = 3,
}
