using Tmds.DBus.Protocol;

namespace BridgeNet.Runtimes.Netavark;

/// <summary>The ports that a policy of firewalld forwards.</summary>
/// <param name="Ports">Ports at every address of the host.</param>
/// <param name="Rules">Rules for single addresses, as text: firewalld.richlanguage(5).</param>
internal sealed record FirewalldForwards(IReadOnlyList<FirewalldForward> Ports, IReadOnlyList<string> Rules)
{
    private const string PortsKey = "forward_ports", RulesKey = "rich_rules";

    /// <summary>Reads a policy's settings.</summary>
    public static FirewalldForwards Of(Dictionary<string, VariantValue> settings) => new(
        settings.TryGetValue(PortsKey, out VariantValue ports) ? [.. Items(ports).Select(PortOf)] : [],
        settings.TryGetValue(RulesKey, out VariantValue rules) ? [.. Items(rules).Select(rule => rule.GetString())] : []);

    /// <summary>Writes the entries of a dictionary of settings.</summary>
    public void Write(ref MessageWriter writer)
    {
        writer.WriteDictionaryEntryStart();
        writer.WriteString(PortsKey);
        writer.WriteSignature("a(ssss)");
        ArrayStart ports = writer.WriteArrayStart(DBusType.Struct);
        foreach (FirewalldForward port in Ports)
        {
            writer.WriteStructureStart();
            writer.WriteString(port.HostPorts);
            writer.WriteString(port.Protocol);
            writer.WriteString(port.ContainerPorts);
            writer.WriteString(port.Address);
        }
        writer.WriteArrayEnd(ports);
        writer.WriteDictionaryEntryStart();
        writer.WriteString(RulesKey);
        writer.WriteSignature("as");
        writer.WriteArray(Rules.ToArray());
    }

    private static IEnumerable<VariantValue> Items(VariantValue array)
    {
        for (int at = 0; at < array.Count; at++)
        {
            yield return array.GetItem(at);
        }
    }

    private static FirewalldForward PortOf(VariantValue port) =>
        new(port.GetItem(0).GetString(), port.GetItem(1).GetString(), port.GetItem(2).GetString(), port.GetItem(3).GetString());
}
