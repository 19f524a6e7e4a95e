using System.Text.Json;

using BridgeNet.Integration.Tests.Binary;
using BridgeNet.TestKit;

namespace BridgeNet.Integration.Tests.Docker;

/// <summary>A world in whose host a real dockerd runs, with the published binary as its plugin "bridgenet".</summary>
internal sealed class PluginWorld : IDisposable
{
    private readonly BinaryWorld _world = new();
    private BackgroundProcess? _plugin;

    public PluginWorld(DockerGeneration generation)
    {
        try
        {
            Docker = DockerDaemon.Start(_world.Host, generation);
            StartPlugin();
        }
        catch
        {
            Dispose();
            throw;
        }
    }

    public DockerDaemon Docker { get; } = null!;

    public Netns Host => _world.Host;

    public Netns Router => _world.World.Router;

    public Netns Server => _world.World.Server;

    public string StateDirectory => _world.World.StateDirectory;

    /// <summary>What bridgenet lists as its endpoints.</summary>
    public JsonElement.ArrayEnumerator Endpoints =>
        JsonDocument.Parse(_world.RunOk("ls", "--json")).RootElement.EnumerateArray();

    /// <summary>Runs the docker command, which must succeed.</summary>
    public string RunOk(params string[] arguments) => Docker.Run(arguments).OrThrow().Output.Trim();

    /// <summary>Runs bridgenet, which must succeed.</summary>
    public string BridgeNetOk(params string[] arguments) => _world.RunOk(arguments);

    /// <summary>A container with a page, which comes back with the daemon.</summary>
    public void Serve(string name, string page, params string[] options) => Docker.Serve(name, page, options);

    /// <summary>Starts the plugin.</summary>
    public void StartPlugin()
    {
        _plugin = _world.Start("docker-plugin", "--socket", Docker.PluginSocket);
        _plugin.Until(() => File.Exists(Docker.PluginSocket), "the plugin listens");
    }

    /// <summary>Ends the plugin without asking it.</summary>
    public void KillPlugin()
    {
        _plugin?.Dispose();
        _plugin = null;
    }

    public void Dispose()
    {
        try
        {
            Docker?.Dispose();
        }
        finally
        {
            _plugin?.Dispose();
            _world.Dispose();
        }
    }

    public override string ToString() => $"{Docker}\n{_plugin}";
}
