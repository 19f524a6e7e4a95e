namespace BridgeNet.TestKit;

/// <summary>Skips the test that lets it through. The prefix is how xunit.v3 knows it, so the kit needs no xunit.</summary>
public sealed class SkipException(string reason) : Exception("$XunitDynamicSkip$" + reason);
