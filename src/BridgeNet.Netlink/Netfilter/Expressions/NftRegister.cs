namespace BridgeNet.Netlink.Netfilter;

/// <summary>
/// Where expressions keep values. Four registers of 16 bytes share their memory with sixteen registers of 4 bytes: the first of 16 bytes is the
/// first four of 4. The kernel reports a 4-byte register as the 16-byte one that begins with it.
/// </summary>
public enum NftRegister : uint
{
    /// <summary>NFT_REG_VERDICT: holds a verdict.</summary>
    Verdict = 0,

    /// <summary>NFT_REG_1: 16 bytes, from word 0.</summary>
    R1 = 1,

    /// <summary>NFT_REG_2: 16 bytes, from word 4.</summary>
    R2 = 2,

    /// <summary>NFT_REG_3: 16 bytes, from word 8.</summary>
    R3 = 3,

    /// <summary>NFT_REG_4: 16 bytes, from word 12.</summary>
    R4 = 4,

    /// <summary>NFT_REG32_00: 4 bytes, word 0.</summary>
    Word0 = 8,

    /// <summary>NFT_REG32_01: 4 bytes, word 1.</summary>
    Word1 = 9,

    /// <summary>NFT_REG32_02: 4 bytes, word 2.</summary>
    Word2 = 10,

    /// <summary>NFT_REG32_03: 4 bytes, word 3.</summary>
    Word3 = 11,

    /// <summary>NFT_REG32_04: 4 bytes, word 4.</summary>
    Word4 = 12,

    /// <summary>NFT_REG32_05: 4 bytes, word 5.</summary>
    Word5 = 13,

    /// <summary>NFT_REG32_06: 4 bytes, word 6.</summary>
    Word6 = 14,

    /// <summary>NFT_REG32_07: 4 bytes, word 7.</summary>
    Word7 = 15,

    /// <summary>NFT_REG32_08: 4 bytes, word 8.</summary>
    Word8 = 16,

    /// <summary>NFT_REG32_09: 4 bytes, word 9.</summary>
    Word9 = 17,

    /// <summary>NFT_REG32_10: 4 bytes, word 10.</summary>
    Word10 = 18,

    /// <summary>NFT_REG32_11: 4 bytes, word 11.</summary>
    Word11 = 19,

    /// <summary>NFT_REG32_12: 4 bytes, word 12.</summary>
    Word12 = 20,

    /// <summary>NFT_REG32_13: 4 bytes, word 13.</summary>
    Word13 = 21,

    /// <summary>NFT_REG32_14: 4 bytes, word 14.</summary>
    Word14 = 22,

    /// <summary>NFT_REG32_15: 4 bytes, word 15.</summary>
    Word15 = 23,
}
