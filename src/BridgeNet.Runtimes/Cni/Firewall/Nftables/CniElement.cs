using BridgeNet.Netlink.Netfilter;

namespace BridgeNet.Runtimes.Cni.Firewall;

/// <summary>An element, and the set or map that it belongs into.</summary>
/// <param name="Set">The set or map.</param>
/// <param name="Element">The element, without its owner.</param>
/// <param name="IsExclusive">Whether it must not be there already.</param>
internal readonly record struct CniElement(string Set, NftElement Element, bool IsExclusive = false);
