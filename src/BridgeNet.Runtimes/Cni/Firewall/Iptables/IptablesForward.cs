using BridgeNet.Netlink;
using BridgeNet.Netlink.Netfilter;

namespace BridgeNet.Runtimes.Cni.Firewall;

/// <summary>
/// Lets containers through iptables' FORWARD in the reference's layout, whatever its policy is. The rules carry their owner as user data,
/// which iptables does not read.
/// </summary>
internal static class IptablesForward
{
    private const string Entrance = "FORWARD";
    private const string Accepted = "CNI-FORWARD";
    private const string StageOne = "CNI-ISOLATION-STAGE-1";
    private const string StageTwo = "CNI-ISOLATION-STAGE-2";
    private const string Comment = "CNI firewall plugin rules";

    /// <summary>Lets a container through, and applies its bridge's policy.</summary>
    public static void Add(NetfilterSocket netfilter, CniOwner owner, ForwardRequest request) => RulesetRetry.Change(netfilter, transaction =>
    {
        foreach (IGrouping<bool, InterfaceAddress> family in request.Containers.GroupBy(address => address.IsIPv6))
        {
            IptablesTable table = new(netfilter, transaction, family.Key ? NftFamily.IPv6 : NftFamily.IPv4, "filter");
            table.EnsureBase();
            EnsureFrame(table, request.AdminChain);
            table.Delete(Accepted, rule => OwnerNote.Bears(rule, owner));
            foreach (NftRule rule in family.SelectMany(address => RulesOf(table, address)))
            {
                table.Append(rule with { UserData = OwnerNote.Of(owner) });
            }
            if (request.Policy is not IngressPolicy.Open)
            {
                Isolate(table, request);
            }
        }
    });

    /// <summary>Removes a container's rules; does nothing if there are none.</summary>
    /// <param name="netfilter">Of the host.</param>
    /// <param name="owner">The rules' owner.</param>
    /// <param name="addresses">The container's addresses, if known: they identify rules that other programs wrote.</param>
    public static void Remove(NetfilterSocket netfilter, CniOwner owner, IReadOnlyCollection<InterfaceAddress> addresses) =>
        Remove(netfilter, (table, rule) => OwnerNote.Bears(rule, owner) || (OwnerNote.TagOf(rule.UserData) is null && IsFor(table, rule, addresses)));

    /// <summary>Removes what belongs to a network but to no valid attachment. The reference's rules name no owner, so they stay.</summary>
    public static void RemoveAllBut(NetfilterSocket netfilter, string network, IReadOnlyCollection<CniOwner> valid) =>
        Remove(netfilter, (_, rule) => CniOwner.IsGarbage(OwnerNote.TagOf(rule.UserData), network, valid));

    /// <summary>Whether a container is let through.</summary>
    public static bool IsThere(NetfilterSocket netfilter, IReadOnlyCollection<InterfaceAddress> addresses) =>
        addresses.GroupBy(address => address.IsIPv6).All(family =>
        {
            IptablesTable table = new(netfilter, transaction: null, family.Key ? NftFamily.IPv6 : NftFamily.IPv4, "filter");
            return table.Leads(Entrance, Accepted)
                && family.SelectMany(address => RulesOf(table, address))
                    .All(own => table.RulesOf(Accepted).Any(rule => IptablesRule.IsSame(rule, own)));
        });

    /// <summary>Whether there are rules of an owner that we wrote.</summary>
    public static bool IsOwn(NetfilterSocket netfilter, CniOwner owner) => ((NftFamily[])[NftFamily.IPv4, NftFamily.IPv6]).Any(family =>
        new IptablesTable(netfilter, transaction: null, family, "filter").RulesOf(Accepted).Any(rule => OwnerNote.Bears(rule, owner)));

    private static void Remove(NetfilterSocket netfilter, Func<IptablesTable, NftRule, bool> isMeant) => RulesetRetry.Change(netfilter, transaction =>
    {
        foreach (NftFamily family in (ReadOnlySpan<NftFamily>)[NftFamily.IPv4, NftFamily.IPv6])
        {
            IptablesTable table = new(netfilter, transaction, family, "filter");
            if (table.Exists)
            {
                table.Delete(Accepted, rule => isMeant(table, rule));
            }
        }
    });

    private static void EnsureFrame(IptablesTable table, string adminChain)
    {
        table.EnsureChain(adminChain);
        table.EnsureChain(Accepted);
        if (!table.Leads(Entrance, Accepted))
        {
            table.Insert(table.Rule(Entrance).Add(XtExtension.Comment(Comment)).Counter().Jump(Accepted));
        }
        if (!table.Leads(Accepted, adminChain))
        {
            table.Insert(table.Rule(Accepted).Add(XtExtension.Comment("CNI firewall plugin admin overrides")).Counter().Jump(adminChain));
        }
    }

    /// <summary>Drops packets between bridges that have a policy; with the policy isolated also packets within the bridge.</summary>
    private static void Isolate(IptablesTable table, ForwardRequest request)
    {
        string policy = request.Policy is IngressPolicy.Isolated ? "isolated" : "same-bridge";
        CompatExpression comment = XtExtension.Comment($"{Comment} (ingressPolicy: {policy})");
        bool isNewOne = table.EnsureChain(StageOne);
        bool isNewTwo = table.EnsureChain(StageTwo);
        if (!table.Leads(Entrance, StageOne))
        {
            table.Insert(table.Rule(Entrance).Add(comment).Counter().Jump(StageOne));
        }
        if (isNewOne)
        {
            table.Append(table.Rule(StageOne).Add(comment).Counter().Return());
        }
        if (isNewTwo)
        {
            table.Append(table.Rule(StageTwo).Add(comment).Counter().Return());
        }
        NftRuleBuilder leaving = table.Rule(StageOne).Match(NftField.InputInterface, request.Bridge);
        leaving = request.Policy is IngressPolicy.Isolated ? leaving : leaving.MatchNot(NftField.OutputInterface, request.Bridge);
        table.Ensure(leaving.Add(comment).Counter().Jump(StageTwo), isFirst: true);
        table.Ensure(table.Rule(StageTwo).Match(NftField.OutputInterface, request.Bridge).Add(comment).Counter().Drop(), isFirst: true);
    }

    private static bool IsOf(IptablesTable table, InterfaceAddress address) => address.IsIPv6 == (table.Id.Family is NftFamily.IPv6);

    private static NftRule[] RulesOf(IptablesTable table, InterfaceAddress address) =>
    [
        table.Rule(Accepted)
            .Match(address.IsIPv6 ? NftField.IPv6Destination : NftField.IPv4Destination, address.Address)
            .Add(XtExtension.ConnectionState(CtStateFlags.Related | CtStateFlags.Established))
            .Counter()
            .Accept(),
        table.Rule(Accepted).Match(address.IsIPv6 ? NftField.IPv6Source : NftField.IPv4Source, address.Address).Counter().Accept(),
    ];

    private static bool IsFor(IptablesTable table, NftRule rule, IEnumerable<InterfaceAddress> addresses) =>
        addresses.Where(address => IsOf(table, address)).SelectMany(address => RulesOf(table, address)).Any(own => IptablesRule.IsSame(rule, own));
}
