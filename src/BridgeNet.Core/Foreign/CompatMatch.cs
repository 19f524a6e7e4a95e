using BridgeNet.Netlink.Netfilter;

namespace BridgeNet.Core.Foreign;

/// <summary>What we know of iptables' match extensions.</summary>
internal static class CompatMatch
{
    private const int StateLength = XtConntrack.StateMask + sizeof(ushort);

    /// <summary>Whether every packet like the sample matches: a comment always does, and a sample has its connection's state.</summary>
    public static bool Holds(CompatExpression match, ForwardSample sample) => match.Extension switch
    {
        "comment" => true,
        "conntrack" or "state" => match.Revision >= 2 && HoldsState(match.Information.Bytes, sample),
        _ => false,
    };

    private static bool HoldsState(ReadOnlySpan<byte> information, ForwardSample sample)
    {
        if (information.Length < StateLength || Field(information, XtConntrack.MatchFlags) != XtConntrack.State)
        {
            return false;
        }
        int states = (ushort)sample.State | (sample.IsPublished ? XtConntrack.DestinationNat : 0);
        bool isOne = (Field(information, XtConntrack.StateMask) & states) != 0;
        return isOne != ((Field(information, XtConntrack.InvertFlags) & XtConntrack.State) != 0);
    }

    private static ushort Field(ReadOnlySpan<byte> information, int offset) => BitConverter.ToUInt16(information[offset..]);
}
