namespace BridgeNet.Netlink.Netfilter;

/// <summary>The attributes of the message that begins a transaction.</summary>
internal static class NfnlBatch
{
    /// <summary>NFNL_BATCH_GENID, u32: the generation that the transaction was made for; ERESTART if it is another.</summary>
    public const ushort Generation = 1;
}
