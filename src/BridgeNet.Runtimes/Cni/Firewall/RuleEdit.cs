using BridgeNet.Native;
using BridgeNet.Netlink;
using BridgeNet.Netlink.Netfilter;

namespace BridgeNet.Runtimes.Cni.Firewall;

/// <summary>Changes rules by what they are: looks and changes in one transaction, which the kernel refuses if anybody changed rules in between.</summary>
internal static class RuleEdit
{
    /// <summary>Many processes at once take turns: each time one of them succeeds.</summary>
    private const int Attempts = 1000;

    /// <summary>What was listed may be gone when it is looked into; what is missing for good is an error.</summary>
    private const int AttemptsIfMissing = 8;

    /// <summary>Looks, changes, and begins again if the rules were changed meanwhile. A transaction with nothing in it is not sent.</summary>
    /// <exception cref="NetlinkException">The kernel refused.</exception>
    public static void Run(NetfilterSocket netfilter, Action<RuleChanges> fill)
    {
        for (int attempt = 1; ; attempt++)
        {
            try
            {
                uint generation = netfilter.Generation();
                RuleChanges changes = new();
                fill(changes);
                if (changes.Count > 0)
                {
                    changes.Commit(netfilter.Transaction(generation));
                }
                return;
            }
            catch (NetlinkException error) when (attempt < (error.Errno is Errno.ERESTART or Errno.EINTR ? Attempts : error.Errno is Errno.ENOENT ? AttemptsIfMissing : 0))
            {
                _ = Thread.Yield();
            }
        }
    }
}
