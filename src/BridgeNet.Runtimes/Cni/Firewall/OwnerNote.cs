using System.Text;

using BridgeNet.Netlink.Netfilter;

namespace BridgeNet.Runtimes.Cni.Firewall;

/// <summary>Notes an owner in a rule's user data, but not as its comment: iptables would compare a comment when it deletes.</summary>
internal static class OwnerNote
{
    /// <summary>A type of user data that nobody else uses: libnftnl's begin at 0.</summary>
    private const byte EntryType = 0x62;

    /// <summary>The note.</summary>
    public static NftUserData Of(CniOwner owner)
    {
        byte[] tag = Encoding.ASCII.GetBytes(owner.Tag);
        return new NftUserData(new NftValue([EntryType, (byte)tag.Length, .. tag]));
    }

    /// <summary>The owner in a note; null if it is none of ours.</summary>
    public static string? TagOf(NftUserData data)
    {
        ReadOnlySpan<byte> bytes = data.Bytes.Bytes;
        return bytes.Length > 2 && bytes[0] == EntryType && bytes[1] <= bytes.Length - 2 ? Encoding.ASCII.GetString(bytes.Slice(2, bytes[1])) : null;
    }

    /// <summary>Whether a rule belongs to an owner.</summary>
    public static bool Bears(NftRule rule, CniOwner owner) => string.Equals(TagOf(rule.UserData), owner.Tag, StringComparison.Ordinal);
}
