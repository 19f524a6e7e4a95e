using BridgeNet.TestKit;

namespace BridgeNet.Integration.Tests.Docker;

/// <summary>The plugin on Docker 20.10.</summary>
public sealed class Debian12DockerPluginTests() : DockerPluginTests(DockerGeneration.Debian12);
