namespace BridgeNet.Benchmarks.Docker;

/// <summary>How long the plugin took for a call.</summary>
/// <param name="Method">What Docker called.</param>
/// <param name="Milliseconds">From the request's last byte to the answer's.</param>
internal sealed record MethodTime(string Method, double Milliseconds);
