namespace BridgeNet.Dns.Wire;

/// <summary>What became of a question: RCODE (RFC 1035, 4.1.1), and its extension in EDNS (RFC 6891, 6.1.3).</summary>
internal static class ResponseCode
{
    /// <summary>NOERROR; without an answer it says that the name has no record of this type (NODATA, RFC 2308).</summary>
    public const ushort NoError = 0;

    /// <summary>FORMERR: the question cannot be read.</summary>
    public const ushort FormatError = 1;

    /// <summary>SERVFAIL: nobody could be asked, or nobody answered.</summary>
    public const ushort ServerFailure = 2;

    /// <summary>NXDOMAIN: neither the name nor anything below it exists (RFC 8020).</summary>
    public const ushort NonexistentDomain = 3;

    /// <summary>NOTIMP: another operation than a query.</summary>
    public const ushort NotImplemented = 4;

    /// <summary>REFUSED: the server does not answer this kind of question, or not now.</summary>
    public const ushort Refused = 5;

    /// <summary>BADVERS: a version of EDNS that the server does not speak. It has more than four bits: the OPT record has the upper ones.</summary>
    public const ushort BadVersion = 16;
}
