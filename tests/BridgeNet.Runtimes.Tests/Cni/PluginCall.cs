using System.Text;
using System.Text.Json.Nodes;

using BridgeNet.Runtimes.Cni;
using BridgeNet.Runtimes.Names;

namespace BridgeNet.Runtimes.Tests.Cni;

/// <summary>A plugin called within this process, as far as it needs no kernel.</summary>
internal sealed class PluginCall(string binary)
{
    private readonly Dictionary<string, string> _variables = new(StringComparer.Ordinal)
    {
        ["CNI_COMMAND"] = "ADD",
        ["CNI_CONTAINERID"] = "c1",
        ["CNI_NETNS"] = "/run/netns/none",
        ["CNI_IFNAME"] = "eth0",
        ["CNI_PATH"] = "/opt/cni/bin",
    };

    public string this[string variable]
    {
        set => _variables[variable] = value;
    }

    public void Remove(string variable) => _variables.Remove(variable);

    public (int Status, string Output, string Errors) Run(string configuration)
    {
        using MemoryStream input = new(Encoding.UTF8.GetBytes(configuration));
        using MemoryStream output = new();
        using StringWriter errors = new() { NewLine = "\n" };
        int status = new CniProgram(binary, new NoPlugins(), new NoNameServer(), input, output, errors).Run(_variables);
        return (status, Encoding.UTF8.GetString(output.ToArray()), errors.ToString());
    }

    /// <summary>Runs it, and it must succeed.</summary>
    public JsonNode? RunOk(string configuration)
    {
        (int status, string output, _) = Run(configuration);
        status.Should().Be(0, output);
        return output.Length == 0 ? null : JsonNode.Parse(output);
    }

    /// <summary>Runs it, and it must fail.</summary>
    public (int Code, string Message, string? Details) Fail(string configuration)
    {
        (int status, string output, _) = Run(configuration);
        status.Should().Be(1, output);
        JsonNode error = JsonNode.Parse(output)!;
        return (error["code"]!.GetValue<int>(), error["msg"]!.GetValue<string>(), error["details"]?.GetValue<string>());
    }

    private sealed class NoNameServer : INameServerStarter
    {
        public bool TryStart(string directory, out string error) => throw new IOException("no name server is to be started");
    }
}
