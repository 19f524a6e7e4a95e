using System.Text.Json;

namespace BridgeNet.Runtimes.Cni;

/// <summary>An attachment as the keys <c>cni.dev/valid-attachments</c> list it.</summary>
/// <param name="ContainerId">The container.</param>
/// <param name="IfName">Its interface.</param>
internal sealed record CniAttachment(string ContainerId, string IfName)
{
    /// <summary>Reads it by hand, as <see cref="IJsonShape{TSelf}.Read"/> does.</summary>
    /// <exception cref="InvalidOperationException">Either is missing.</exception>
    public static CniAttachment Read(JsonElement json)
    {
        string? container = null;
        string? name = null;
        foreach (JsonProperty member in json.EnumerateObject())
        {
            switch (member.Name)
            {
                case "containerID" or "containerId": container = member.Value.GetString(); break;
                case "ifname" or "ifName": name = member.Value.GetString(); break;
                default: throw new InvalidOperationException();
            }
        }
        return new CniAttachment(container ?? throw new InvalidOperationException(), name ?? throw new InvalidOperationException());
    }
}
