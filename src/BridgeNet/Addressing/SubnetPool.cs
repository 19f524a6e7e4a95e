using System.Net;

namespace BridgeNet.Addressing;

/// <summary>A block of addresses from which networks get subnets when nobody names one.</summary>
/// <param name="Block">All of them.</param>
/// <param name="PrefixLength">The prefix of a subnet, in bits; at least that of the block.</param>
internal readonly record struct SubnetPool(IPNetwork Block, int PrefixLength);
