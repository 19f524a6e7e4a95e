namespace BridgeNet.Runtimes.Docker.Plugin;

/// <summary>A row of <see cref="EndpointSettings"/>.</summary>
/// <param name="Name">Its name, without the prefix.</param>
/// <param name="Allowed">What it can be, for errors.</param>
/// <param name="Read">Applies a value.</param>
internal sealed record EndpointSetting(string Name, string Allowed, Func<EndpointSettings, string, EndpointSettings> Read);
