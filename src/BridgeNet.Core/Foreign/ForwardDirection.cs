namespace BridgeNet.Core.Foreign;

/// <summary>The direction of a container's packet.</summary>
internal enum ForwardDirection
{
    /// <summary>The first packet of a connection to a published port.</summary>
    Into,

    /// <summary>The first packet of a container's own connection.</summary>
    OutOf,

    /// <summary>The answers to a container's connection.</summary>
    AnswersInto,

    /// <summary>The answers of a published port.</summary>
    AnswersOutOf,

    /// <summary>The first packet between two containers of one bridge, which passes here if bridge-nf-call-iptables is on.</summary>
    Between,
}
