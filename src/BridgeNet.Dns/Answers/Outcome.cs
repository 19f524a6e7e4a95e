namespace BridgeNet.Dns.Answers;

/// <summary>What becomes of a message that came in.</summary>
internal enum Outcome
{
    /// <summary>Nothing is sent.</summary>
    Silence,

    /// <summary>The answer is ready.</summary>
    Answered,

    /// <summary>Another server has to be asked.</summary>
    Forward,
}
