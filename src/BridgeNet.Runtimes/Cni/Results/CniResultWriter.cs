using System.Net.Sockets;
using System.Text.Json;

using BridgeNet.Netlink;

namespace BridgeNet.Runtimes.Cni;

/// <summary>Writes a result in the shape of a version.</summary>
internal static class CniResultWriter
{
    /// <summary>As the reference prints: four spaces a level, and every character that JSON allows as it is.</summary>
    public static JsonWriterOptions Style { get; } = new()
    {
        Indented = true,
        IndentSize = 4,
        Encoder = new RelaxedEncoder(),
    };

    /// <summary>Writes it.</summary>
    /// <exception cref="CniException">The version cannot tell the result: see <see cref="CniResult.CheckFits"/>.</exception>
    public static void Write(Utf8JsonWriter writer, CniResult result, CniVersion version)
    {
        writer.WriteStartObject();
        writer.WriteString("cniVersion", version.ToString());
        if (version < CniVersion.V0_3_0)
        {
            WriteOld(writer, result, version);
        }
        else
        {
            WriteNew(writer, result, version);
        }
        bool isEmpty = result.Dns is not { IsEmpty: false };
        if (!isEmpty || version < CniVersion.V1_0_0)
        {
            WriteDns(writer, result.Dns ?? new CniDns());
        }
        writer.WriteEndObject();
    }

    private static void WriteNew(Utf8JsonWriter writer, CniResult result, CniVersion version)
    {
        if (result.Interfaces.Count > 0)
        {
            writer.WriteStartArray("interfaces");
            foreach (CniInterface link in result.Interfaces)
            {
                WriteInterface(writer, link, version);
            }
            writer.WriteEndArray();
        }
        if (result.Addresses.Count > 0)
        {
            writer.WriteStartArray("ips");
            foreach (CniAddress address in result.Addresses)
            {
                WriteAddress(writer, address, version);
            }
            writer.WriteEndArray();
        }
        WriteRoutes(writer, result.Routes, version);
    }

    private static void WriteInterface(Utf8JsonWriter writer, CniInterface link, CniVersion version)
    {
        writer.WriteStartObject();
        writer.WriteString("name", link.Name);
        WriteOptional(writer, "mac", link.Mac);
        if (version >= CniVersion.V1_1_0)
        {
            WriteOptional(writer, "mtu", link.Mtu);
        }
        WriteOptional(writer, "sandbox", link.Sandbox);
        if (version >= CniVersion.V1_1_0)
        {
            WriteOptional(writer, "socketPath", link.SocketPath);
            WriteOptional(writer, "pciID", link.PciId);
        }
        writer.WriteEndObject();
    }

    private static void WriteAddress(Utf8JsonWriter writer, CniAddress address, CniVersion version)
    {
        writer.WriteStartObject();
        if (version < CniVersion.V1_0_0)
        {
            writer.WriteString("version", address.Address.IsIPv6 ? "6" : "4");
        }
        WriteOptional(writer, "interface", address.Interface);
        writer.WriteString("address", address.Address.ToString());
        WriteOptional(writer, "gateway", address.Gateway?.ToString());
        writer.WriteEndObject();
    }

    private static void WriteRoutes(Utf8JsonWriter writer, ValueList<CniRoute> routes, CniVersion version)
    {
        if (routes.Count == 0)
        {
            return;
        }
        writer.WriteStartArray("routes");
        foreach (CniRoute route in routes)
        {
            writer.WriteStartObject();
            writer.WriteString("dst", route.Destination.ToString());
            WriteOptional(writer, "gw", route.Gateway?.ToString());
            if (version >= CniVersion.V1_1_0)
            {
                WriteOptional(writer, "mtu", route.Mtu);
                WriteOptional(writer, "advmss", route.AdvertisedSegment);
                WriteOptional(writer, "priority", route.Priority);
                WriteOptional(writer, "table", route.Table);
                WriteOptional(writer, "scope", route.Scope);
            }
            writer.WriteEndObject();
        }
        writer.WriteEndArray();
    }

    /// <summary>Writes the versions before 0.3.0, which have one address of each family.</summary>
    private static void WriteOld(Utf8JsonWriter writer, CniResult result, CniVersion version)
    {
        result.CheckFits(version);
        WriteOld(writer, result, "ip4", AddressFamily.InterNetwork);
        WriteOld(writer, result, "ip6", AddressFamily.InterNetworkV6);
    }

    private static void WriteOld(Utf8JsonWriter writer, CniResult result, string key, AddressFamily family)
    {
        if (result.Addresses.FirstOrDefault(address => address.Address.Address.AddressFamily == family) is { } first)
        {
            writer.WriteStartObject(key);
            writer.WriteString("ip", first.Address.ToString());
            WriteOptional(writer, "gateway", first.Gateway?.ToString());
            WriteRoutes(writer, [.. result.Routes.Where(route => route.Destination.BaseAddress.AddressFamily == family)], CniVersion.V0_1_0);
            writer.WriteEndObject();
        }
    }

    private static void WriteDns(Utf8JsonWriter writer, CniDns dns)
    {
        writer.WriteStartObject("dns");
        WriteOptional(writer, "nameservers", dns.Nameservers);
        WriteOptional(writer, "domain", string.IsNullOrEmpty(dns.Domain) ? null : dns.Domain);
        WriteOptional(writer, "search", dns.Search);
        WriteOptional(writer, "options", dns.Options);
        writer.WriteEndObject();
    }

    private static void WriteOptional(Utf8JsonWriter writer, string key, IReadOnlyList<string>? list)
    {
        if (list is { Count: > 0 })
        {
            writer.WriteStartArray(key);
            foreach (string text in list)
            {
                writer.WriteStringValue(text);
            }
            writer.WriteEndArray();
        }
    }

    private static void WriteOptional(Utf8JsonWriter writer, string key, string? text)
    {
        if (text is not null)
        {
            writer.WriteString(key, text);
        }
    }

    private static void WriteOptional(Utf8JsonWriter writer, string key, int? number)
    {
        if (number is { } value)
        {
            writer.WriteNumber(key, value);
        }
    }
}
