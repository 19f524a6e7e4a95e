using System.Net;

using static BridgeNet.State.FieldPresence;

namespace BridgeNet.State;

/// <summary>An endpoint's record, a row for each member. Some names on disk are older than those in the code, and say the opposite.</summary>
internal static class EndpointFields
{
    private static readonly RecordFields<StaticRoute> s_route = new(
        static () => new StaticRoute(default, NextHop: null),
        [
            new RecordField<StaticRoute, IPNetwork>("destination", Required, JsonForms.Subnet,
                route => route.Destination, (ref route, value) => route = route with { Destination = value }),
            new RecordField<StaticRoute, IPAddress>("nextHop", Optional, JsonForms.Address,
                route => route.NextHop, (ref route, value) => route = route with { NextHop = value }),
        ]);

    /// <summary>An endpoint's record.</summary>
    public static RecordFields<EndpointState> All { get; } = new(
        static () => new EndpointState
        {
            Id = "",
            Name = "",
            Network = "",
            SandboxPath = "",
            SandboxIdentity = default,
            InterfaceName = default,
            HostInterface = default,
            MacAddress = default,
            Addresses = [],
            Gateways = [],
            Ports = [],
        },
        [
            Field("schema", Defaulted, JsonForms.Number, state => state.Schema, (ref state, value) => state.Schema = value),
            Field("id", Required, JsonForms.Text, state => state.Id, (ref state, value) => state.Id = value),
            Field("name", Required, JsonForms.Text, state => state.Name, (ref state, value) => state.Name = value),
            Field("aliases", Optional, JsonForms.ListOf(JsonForms.Text), state => state.Aliases, (ref state, value) => state.Aliases = value),
            Field("nameServers", Optional, JsonForms.ListOf(JsonForms.Address),
                state => state.NameServers, (ref state, value) => state.NameServers = value),
            Field("network", Required, JsonForms.Text, state => state.Network, (ref state, value) => state.Network = value),
            Field("owner", Optional, JsonForms.Text, state => state.Owner, (ref state, value) => state.Owner = value),
            Field("sandbox", Required, JsonForms.Text, state => state.SandboxPath, (ref state, value) => state.SandboxPath = value),
            Field("sandboxIdentity", Required, JsonForms.Identity,
                state => state.SandboxIdentity, (ref state, value) => state.SandboxIdentity = value),
            Field("sandboxCookie", Optional, JsonForms.OptionalLong, state => state.SandboxCookie, (ref state, value) => state.SandboxCookie = value),
            Field("interfaceName", Required, JsonForms.InterfaceName,
                state => state.InterfaceName, (ref state, value) => state.InterfaceName = value),
            Field("hostInterface", Required, JsonForms.InterfaceName,
                state => state.HostInterface, (ref state, value) => state.HostInterface = value),
            Field("macAddress", Required, JsonForms.MacAddress, state => state.MacAddress, (ref state, value) => state.MacAddress = value),
            Field("addresses", Required, JsonForms.ListOf(JsonForms.InterfaceAddress),
                state => state.Addresses, (ref state, value) => state.Addresses = value),
            Field("gateways", Required, JsonForms.ListOf(JsonForms.Address), state => state.Gateways, (ref state, value) => state.Gateways = value),
            Field("linkLocalAddresses", Optional, JsonForms.ListOf(JsonForms.InterfaceAddress),
                state => state.LinkLocalAddresses, (ref state, value) => state.LinkLocalAddresses = value),
            Field("routes", Optional, JsonForms.ListOf(JsonForms.ObjectOf(s_route)),
                state => state.Routes, (ref state, value) => state.Routes = value),
            Field("sysctls", Optional, JsonForms.PairsOf(JsonForms.Text), state => state.Sysctls, (ref state, value) => state.Sysctls = value),
            Field("gatewayPriority", Defaulted, JsonForms.Number,
                state => state.GatewayPriority, (ref state, value) => state.GatewayPriority = value),
            Field("unwatched", Defaulted, JsonForms.Flag, state => !state.AntiSpoofing, (ref state, value) => state.AntiSpoofing = !value),
            Limit("ingressRate", limit => limit.IngressRate, (limit, value) => limit with { IngressRate = value }),
            Limit("ingressBurst", limit => limit.IngressBurst, (limit, value) => limit with { IngressBurst = value }),
            Limit("egressRate", limit => limit.EgressRate, (limit, value) => limit with { EgressRate = value }),
            Limit("egressBurst", limit => limit.EgressBurst, (limit, value) => limit with { EgressBurst = value }),
            Field("ports", Required, JsonForms.ListOf(JsonForms.ObjectOf(PortFields.All)),
                state => state.Ports, (ref state, value) => state.Ports = value),
            Field("portsInDoubt", Defaulted, JsonForms.Flag, state => state.PortsInDoubt, (ref state, value) => state.PortsInDoubt = value),
            Field("changingPorts", Optional, JsonForms.ListOf(JsonForms.ObjectOf(PortFields.All)),
                state => state.ChangingPorts, (ref state, value) => state.ChangingPorts = value),
        ]);

    private static RecordField<EndpointState, T> Field<T>(
        string name, FieldPresence presence, JsonForm<T> form, Func<EndpointState, T?> get, RecordField<EndpointState, T>.Setter set) =>
        new(name, presence, form, get, set);

    private static RecordField<EndpointState, long?> Limit(string name, Func<Bandwidth, long?> get, Func<Bandwidth, long?, Bandwidth> set) => new(
        name, Optional, JsonForms.OptionalLong,
        state => state.Bandwidth is { } bandwidth ? get(bandwidth) : null,
        (ref state, value) => state.Bandwidth = set(state.Bandwidth ?? new Bandwidth(), value));
}
