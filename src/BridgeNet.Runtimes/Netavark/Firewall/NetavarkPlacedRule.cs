using BridgeNet.Netlink.Netfilter;

namespace BridgeNet.Runtimes.Netavark;

/// <summary>A rule, and where in its chain it comes.</summary>
/// <param name="Rule">The rule.</param>
/// <param name="IsFirst">Whether it is put in front of those that are there, not behind them.</param>
internal sealed record NetavarkPlacedRule(NftRule Rule, bool IsFirst = false);
