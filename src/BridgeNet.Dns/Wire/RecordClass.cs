namespace BridgeNet.Dns.Wire;

/// <summary>Classes of records and questions.</summary>
internal static class RecordClass
{
    /// <summary>IN, the Internet (RFC 1035, 3.2.4).</summary>
    public const ushort Internet = 1;

    /// <summary>ANY, in questions alone (RFC 1035, 3.2.5).</summary>
    public const ushort Any = 255;
}
