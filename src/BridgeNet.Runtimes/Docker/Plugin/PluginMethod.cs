namespace BridgeNet.Runtimes.Docker.Plugin;

/// <summary>The methods whose requests are remembered.</summary>
internal enum PluginMethod
{
    /// <summary>Its options say what an endpoint is to have besides.</summary>
    CreateEndpoint,

    /// <summary>It names the ports.</summary>
    ProgramExternalConnectivity,
}
