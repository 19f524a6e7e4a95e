namespace BridgeNet.Integration.Tests.Matrix;

/// <summary>When the container comes to a second network, of all defaults, on which nobody else is.</summary>
internal enum SecondNetwork
{
    /// <summary>Never.</summary>
    None,

    /// <summary>Before it comes to the network of the matrix.</summary>
    ComesFirst,

    /// <summary>After that.</summary>
    ComesLater,

    /// <summary>Before; and it leaves after the network of the matrix is there.</summary>
    ComesFirstAndLeaves,
}
