namespace BridgeNet.Dns.Wire;

/// <summary>Whether a message is a question, and if not, what is to be answered.</summary>
internal enum QuestionVerdict
{
    /// <summary>It is a question.</summary>
    Valid,

    /// <summary>It is an answer, or has not even a header: two servers that answered such would never stop.</summary>
    Silence,

    /// <summary>FORMERR.</summary>
    FormatError,

    /// <summary>NOTIMP.</summary>
    NotImplemented,

    /// <summary>BADVERS.</summary>
    BadVersion,
}
