using static BridgeNet.State.FieldPresence;

namespace BridgeNet.State;

/// <summary>A subnet in a network's record, a row for each member.</summary>
internal static class SubnetFields
{
    /// <summary>A subnet.</summary>
    public static RecordFields<SubnetOnDisk> All { get; } = new(
        static () => new SubnetOnDisk(new SubnetDefinition { Subnet = default }, WasThere: false),
        [
            Defined("subnet", Required, JsonForms.Subnet, subnet => subnet.Subnet, (subnet, value) => subnet with { Subnet = value }),
            Defined("gateway", Optional, JsonForms.Address, subnet => subnet.Gateway, (subnet, value) => subnet with { Gateway = value }),
            Defined("nextHop", Optional, JsonForms.Address, subnet => subnet.NextHop, (subnet, value) => subnet with { NextHop = value }),
            Defined("range", Optional, JsonForms.OptionalSubnet, subnet => subnet.Range, (subnet, value) => subnet with { Range = value }),
            Defined("auxiliary", Optional, JsonForms.PairsOf(JsonForms.Address),
                subnet => subnet.Auxiliary, (subnet, value) => subnet with { Auxiliary = value }),
            new RecordField<SubnetOnDisk, bool>("wasThere", Defaulted, JsonForms.Flag,
                subnet => subnet.WasThere, (ref subnet, value) => subnet = subnet with { WasThere = value }),
        ]);

    private static RecordField<SubnetOnDisk, T> Defined<T>(
        string name, FieldPresence presence, JsonForm<T> form,
        Func<SubnetDefinition, T?> get, Func<SubnetDefinition, T, SubnetDefinition> set) => new(
            name, presence, form,
            subnet => get(subnet.Definition),
            (ref subnet, value) => subnet = subnet with { Definition = set(subnet.Definition, value) });
}
