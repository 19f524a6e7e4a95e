namespace BridgeNet.TestKit;

/// <summary>A program that had to succeed did not.</summary>
public sealed class CommandFailedException(string message) : Exception(message);
