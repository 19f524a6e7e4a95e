using BridgeNet.Netlink.Wire;

namespace BridgeNet.Netlink.Tests;

/// <summary>
/// Attributes as sorted lines, so that two messages can be compared whatever the order of their attributes and
/// whether NLA_F_NESTED marks the nests.
/// </summary>
internal static class AttributeTree
{
    /// <param name="attributes">The attributes.</param>
    /// <param name="nests">The paths of attributes that hold attributes, as "18/2", with the bytes of the header before them.</param>
    /// <param name="path">Where they lie.</param>
    public static IReadOnlyList<string> Of(ReadOnlySpan<byte> attributes, IReadOnlyDictionary<string, int> nests, string path = "")
    {
        List<string> lines = [];
        foreach (AttributeReader attribute in new AttributeList(attributes))
        {
            string name = path.Length == 0 ? $"{attribute.Type}" : $"{path}/{attribute.Type}";
            if (nests.TryGetValue(name, out int header))
            {
                lines.Add($"{name}: {Convert.ToHexString(attribute.Value[..header])}");
                lines.AddRange(Of(attribute.Value[header..], nests, name));
            }
            else
            {
                lines.Add($"{name}: {Convert.ToHexString(attribute.Value)}");
            }
        }
        return [.. lines.Order(StringComparer.Ordinal)];
    }
}
