namespace BridgeNet.TestKit;

/// <summary>A line of a web server's access log.</summary>
public sealed record WebVisit(string Client, string Path, int Status);
