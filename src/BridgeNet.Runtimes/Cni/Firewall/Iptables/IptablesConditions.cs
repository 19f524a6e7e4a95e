using System.Net.Sockets;

using BridgeNet.Netlink;
using BridgeNet.Netlink.Netfilter;

namespace BridgeNet.Runtimes.Cni.Firewall;

/// <summary>Translates the iptables conditions that portmap accepts for a published port: -s, -d and -i, each also negated by !.</summary>
internal static class IptablesConditions
{
    /// <summary>Adds the conditions to a rule.</summary>
    /// <exception cref="CniException">7: a word is not supported.</exception>
    public static NftRuleBuilder Apply(NftRuleBuilder rule, IReadOnlyList<string> words, AddressFamily family)
    {
        for (int i = 0; i < words.Count; i++)
        {
            bool isNot = words[i] is "!";
            i += isNot ? 1 : 0;
            if (i + 1 >= words.Count)
            {
                throw Wrong(words, "a word is missing at the end");
            }
            string option = words[i];
            string value = words[++i];
            rule = option switch
            {
                "-s" or "--source" or "--src" => Subnet(
                    rule, family is AddressFamily.InterNetwork ? NftField.IPv4Source : NftField.IPv6Source, value, isNot, words, family),
                "-d" or "--destination" or "--dst" => Subnet(
                    rule, family is AddressFamily.InterNetwork ? NftField.IPv4Destination : NftField.IPv6Destination, value, isNot, words, family),
                "-i" or "--in-interface" when InterfaceName.TryParse(value, null, out InterfaceName name) =>
                    isNot ? rule.MatchNot(NftField.InputInterface, name) : rule.Match(NftField.InputInterface, name),
                _ => throw Wrong(words, $"'{option} {value}' is not one of -s, -d and -i"),
            };
        }
        return rule;
    }

    private static NftRuleBuilder Subnet(
        NftRuleBuilder rule, NftField field, string text, bool isNot, IReadOnlyList<string> words, AddressFamily family)
    {
        InterfaceAddress address;
        try
        {
            address = text.Contains('/', StringComparison.Ordinal)
                ? AddressText.ParseInterfaceAddress(text)
                : new InterfaceAddress(AddressText.ParseAddress(text), family is AddressFamily.InterNetwork ? 32 : 128);
        }
        catch (FormatException error)
        {
            throw Wrong(words, error.Message);
        }
        return address.Address.AddressFamily != family ? throw Wrong(words, $"{text} is of the other family")
            : isNot ? rule.MatchNot(field, address.Subnet)
            : rule.Match(field, address.Subnet);
    }

    private static CniException Wrong(IEnumerable<string> words, string reason) =>
        new(CniErrorCode.InvalidConfiguration, $"portmap: conditions [{string.Join(' ', words)}]: {reason}");
}
