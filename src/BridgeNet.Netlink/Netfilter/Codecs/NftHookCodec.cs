using BridgeNet.Netlink.Wire;

namespace BridgeNet.Netlink.Netfilter;

/// <summary>Hooks on the wire, where each family has numbers of its own.</summary>
internal static class NftHookCodec
{
    /// <summary>NFPROTO_ARP has in, out, forward where the others have prerouting, input, forward, output.</summary>
    private static readonly NftHookPoint[] s_arp = [NftHookPoint.Input, NftHookPoint.Output, NftHookPoint.Forward, NftHookPoint.Prerouting];

    /// <summary>Writes NFTA_CHAIN_HOOK.</summary>
    public static void Write(NetlinkWriter writer, NftFamily family, NftHook hook)
    {
        using (writer.Nest(NftaChain.Hook))
        {
            writer.WriteUInt32BigEndian(NftaHook.Number, NumberOf(family, hook.Point));
            writer.WriteUInt32BigEndian(NftaHook.Priority, (uint)hook.Priority);
            if (hook.Devices.Count == 1)
            {
                writer.WriteString(NftaHook.Device, hook.Devices[0]);
            }
            else if (hook.Devices.Count > 1)
            {
                WriteDevices(writer, hook.Devices);
            }
        }
    }

    /// <summary>Reads NFTA_CHAIN_HOOK; null if it has no number.</summary>
    public static NftHook? Read(NftFamily family, AttributeReader nest)
    {
        uint? number = null;
        int priority = 0;
        string? device = null;
        ValueList<string> devices = default;
        foreach (AttributeReader attribute in nest.Attributes)
        {
            switch (attribute.Type)
            {
                case NftaHook.Number: number = attribute.ReadUInt32BigEndian(); break;
                case NftaHook.Priority: priority = (int)attribute.ReadUInt32BigEndian(); break;
                case NftaHook.Device: device = attribute.ReadString(); break;
                case NftaHook.Devices: devices = ReadDevices(attribute); break;
                default: break;
            }
        }
        if (device is not null && devices.Count == 0)
        {
            devices = [device];
        }
        return number is { } found ? new NftHook { Point = PointOf(family, found), Priority = priority, Devices = devices } : null;
    }

    private static void WriteDevices(NetlinkWriter writer, ValueList<string> devices)
    {
        using (writer.Nest(NftaHook.Devices))
        {
            foreach (string device in devices.AsSpan())
            {
                writer.WriteString(NftaDevice.Name, device);
            }
        }
    }

    private static ValueList<string> ReadDevices(AttributeReader nest)
    {
        List<string> devices = [];
        foreach (AttributeReader attribute in nest.Attributes)
        {
            if (attribute.Type == NftaDevice.Name)
            {
                devices.Add(attribute.ReadString());
            }
        }
        return ValueList.From(devices);
    }

    private static uint NumberOf(NftFamily family, NftHookPoint point) => family switch
    {
        NftFamily.Netdev => point - NftHookPoint.Ingress,
        NftFamily.Arp when (uint)point < s_arp.Length => (uint)Array.IndexOf(s_arp, point),
        _ => (uint)point,
    };

    private static NftHookPoint PointOf(NftFamily family, uint number) => family switch
    {
        NftFamily.Netdev => NftHookPoint.Ingress + number,
        NftFamily.Arp when number < s_arp.Length => s_arp[number],
        _ => (NftHookPoint)number,
    };
}
