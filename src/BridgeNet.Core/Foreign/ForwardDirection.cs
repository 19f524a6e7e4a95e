namespace BridgeNet.Core.Foreign;

/// <summary>Which of a container's packets.</summary>
internal enum ForwardDirection
{
    /// <summary>The first of a connection to a published port.</summary>
    Into,

    /// <summary>The first of a container's connection to elsewhere.</summary>
    OutOf,

    /// <summary>The answers to a container's connection.</summary>
    AnswersInto,

    /// <summary>The answers of a published port.</summary>
    AnswersOutOf,
}
