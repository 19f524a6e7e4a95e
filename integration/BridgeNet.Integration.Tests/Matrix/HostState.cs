namespace BridgeNet.Integration.Tests.Matrix;

/// <summary>What the host was like before the network came.</summary>
internal enum HostState
{
    /// <summary>As the kernel makes it.</summary>
    Fresh,

    /// <summary>New interfaces neither forward nor have IPv6, and are strict about the way back.</summary>
    StrictDefaults,

    /// <summary>It has routes to elsewhere that hold the network's subnets, and worse ones to the same subnets.</summary>
    OverlappingRoutes,
}
