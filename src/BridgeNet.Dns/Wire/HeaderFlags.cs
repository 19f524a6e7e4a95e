namespace BridgeNet.Dns.Wire;

/// <summary>The second word of a message's header (RFC 1035, 4.1.1; AD and CD: RFC 4035).</summary>
internal static class HeaderFlags
{
    /// <summary>QR: an answer.</summary>
    public const ushort Response = 0x8000;

    /// <summary>OPCODE: 0 is a query.</summary>
    public const ushort OperationMask = 0x7800;

    /// <summary>AA: the server knows it of its own.</summary>
    public const ushort Authoritative = 0x0400;

    /// <summary>TC: the message was cut.</summary>
    public const ushort Truncated = 0x0200;

    /// <summary>RD: ask others if you do not know.</summary>
    public const ushort RecursionDesired = 0x0100;

    /// <summary>RA: the server does ask others.</summary>
    public const ushort RecursionAvailable = 0x0080;

    /// <summary>AD: all of it was validated.</summary>
    public const ushort AuthenticData = 0x0020;

    /// <summary>CD: do not validate.</summary>
    public const ushort CheckingDisabled = 0x0010;

    /// <summary>RCODE, a <see cref="ResponseCode"/>.</summary>
    public const ushort CodeMask = 0x000f;
}
