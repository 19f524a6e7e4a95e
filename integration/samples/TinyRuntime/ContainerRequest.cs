using BridgeNet;

namespace TinyRuntime;

/// <summary>What is to run.</summary>
internal sealed record ContainerRequest(string Image, IReadOnlyList<string> Command, string? Name, IReadOnlyList<PortSpec> Ports);
