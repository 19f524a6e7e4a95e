using System.Text.Json;

namespace BridgeNet.Runtimes.Cni;

/// <summary>One of the capability portMappings.</summary>
internal sealed record CniPortMapping
{
    /// <summary>The host's port, 1 to 65535.</summary>
    public int HostPort { get; init; }

    /// <summary>The container's port, 1 to 65535.</summary>
    public int ContainerPort { get; init; }

    /// <summary>tcp, udp or sctp; without it tcp.</summary>
    public string? Protocol { get; init; }

    /// <summary>The host's address; null or empty for all of them.</summary>
    public string? HostIP { get; init; }

    /// <summary>Reads it by hand, as <see cref="IJsonShape{TSelf}.Read"/> does.</summary>
    public static CniPortMapping Read(JsonElement json) => json.Fold(new CniPortMapping(), static (mapping, name, value) => name switch
    {
        "hostport" => mapping with { HostPort = value.GetInt32() },
        "containerport" => mapping with { ContainerPort = value.GetInt32() },
        "protocol" => mapping with { Protocol = value.GetString() },
        "hostip" => mapping with { HostIP = value.GetString() },
        _ => mapping,
    });
}
