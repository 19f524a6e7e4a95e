using System.Net;

namespace BridgeNet.Addressing;

/// <summary>Addresses of which networks without a subnet of their own get one.</summary>
/// <param name="Block">All of them.</param>
/// <param name="PrefixLength">The prefix of a subnet, in bits; at least that of the block.</param>
internal readonly record struct SubnetPool(IPNetwork Block, int PrefixLength);
