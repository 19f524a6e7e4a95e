using BridgeNet.Netlink;

using static BridgeNet.State.FieldPresence;

namespace BridgeNet.State;

/// <summary>A network's record, a row for each member. Some names on disk are older than those in the code, and say the opposite.</summary>
internal static class NetworkFields
{
    /// <summary>A network's record.</summary>
    public static RecordFields<NetworkState> All { get; } = new(
        static () => new NetworkState { Id = "", Definition = new NetworkDefinition { Name = "", IPv4 = false, Dns = false } },
        [
            Field("schema", Defaulted, JsonForms.Number, state => state.Schema, (ref state, value) => state.Schema = value),
            Defined("name", Required, JsonForms.Text, network => network.Name, (network, value) => network with { Name = value }),
            Field("id", Required, JsonForms.Text, state => state.Id, (ref state, value) => state.Id = value),
            Defined("device", Required, JsonForms.InterfaceName,
                network => network.Device.GetValueOrDefault(), (network, value) => network with { Device = value }),
            Defined("adopted", Defaulted, JsonForms.Flag, network => network.Adopt, (network, value) => network with { Adopt = value }),
            Field("adoptedUp", Defaulted, JsonForms.Flag, state => state.WasUp, (ref state, value) => state.WasUp = value),
            Field("adoptedRouteLocalnet", Defaulted, JsonForms.Flag,
                state => state.HadRouteLocalnet, (ref state, value) => state.HadRouteLocalnet = value),
            Field("subnets", Required, JsonForms.ListOf(JsonForms.ObjectOf(SubnetFields.All)), SubnetsOf, SetSubnets),
            Defined("iPv4", Defaulted, JsonForms.Flag, network => network.IPv4, (network, value) => network with { IPv4 = value }),
            Defined("iPv6", Defaulted, JsonForms.Flag, network => network.IPv6, (network, value) => network with { IPv6 = value }),
            Defined("internal", Defaulted, JsonForms.Flag, network => network.Internal, (network, value) => network with { Internal = value }),
            Defined("quiet", Defaulted, JsonForms.Flag,
                network => !network.InterContainer, (network, value) => network with { InterContainer = !value }),
            Defined("noMasquerade", Defaulted, JsonForms.Flag,
                network => !network.Masquerade, (network, value) => network with { Masquerade = !value }),
            Defined("iPv4Mode", Required, JsonForms.GatewayMode, network => network.IPv4Mode, (network, value) => network with { IPv4Mode = value }),
            Defined("iPv6Mode", Required, JsonForms.GatewayMode, network => network.IPv6Mode, (network, value) => network with { IPv6Mode = value }),
            Defined("inhibitIPv4", Defaulted, JsonForms.Flag,
                network => network.InhibitIPv4, (network, value) => network with { InhibitIPv4 = value }),
            Defined("iPv4Source", Optional, JsonForms.Address,
                network => network.IPv4Source, (network, value) => network with { IPv4Source = value }),
            Defined("iPv6Source", Optional, JsonForms.Address,
                network => network.IPv6Source, (network, value) => network with { IPv6Source = value }),
            Defined("hostBinding", Optional, JsonForms.Address,
                network => network.HostBinding, (network, value) => network with { HostBinding = value }),
            Defined("trustedInterfaces", Optional, JsonForms.ListOf(JsonForms.InterfaceName),
                network => network.TrustedInterfaces, (network, value) => network with { TrustedInterfaces = value }),
            Defined("dns", Optional, JsonForms.OptionalFlag, network => network.Dns, (network, value) => network with { Dns = value }),
            Defined("mtu", Optional, JsonForms.OptionalNumber, network => network.Mtu, (network, value) => network with { Mtu = value }),
            Defined("mtuFollows", Defaulted, JsonForms.Flag,
                network => network.MtuFollowsHost, (network, value) => network with { MtuFollowsHost = value }),
            Defined("interfacePrefix", Optional, JsonForms.Text,
                network => network.InterfacePrefix, (network, value) => network with { InterfacePrefix = value }),
            Defined("announcements", Optional, JsonForms.OptionalNumber,
                network => network.Announcements, (network, value) => network with { Announcements = value ?? network.Announcements }),
            Defined("announcementInterval", Optional, JsonForms.Milliseconds,
                network => network.AnnouncementInterval, (network, value) => network with { AnnouncementInterval = value }),
            Defined("labels", Optional, JsonForms.PairsOf(JsonForms.Text),
                network => network.Labels, (network, value) => network with { Labels = value }),
            Defined("allowForeignForward", Defaulted, JsonForms.Flag,
                network => network.AllowForeignForward, (network, value) => network with { AllowForeignForward = value }),
        ]);

    private static RecordField<NetworkState, T> Field<T>(
        string name, FieldPresence presence, JsonForm<T> form, Func<NetworkState, T?> get, RecordField<NetworkState, T>.Setter set) =>
        new(name, presence, form, get, set);

    private static RecordField<NetworkState, T> Defined<T>(
        string name, FieldPresence presence, JsonForm<T> form,
        Func<NetworkDefinition, T?> get, Func<NetworkDefinition, T, NetworkDefinition> set) => new(
            name, presence, form,
            state => get(state.Definition),
            (ref state, value) => state.Definition = set(state.Definition, value));

    private static ValueList<SubnetOnDisk> SubnetsOf(NetworkState state) =>
        ValueList.From(state.Definition.Subnets.Select(subnet => new SubnetOnDisk(subnet, state.SubnetsBefore.Contains(subnet.Subnet))));

    private static void SetSubnets(ref NetworkState state, ValueList<SubnetOnDisk> subnets)
    {
        state.Definition = state.Definition with { Subnets = ValueList.From(subnets.Select(subnet => subnet.Definition)) };
        state.SubnetsBefore = ValueList.From(subnets.Where(subnet => subnet.WasThere).Select(subnet => subnet.Definition.Subnet));
    }
}
