using BridgeNet.Native;
using BridgeNet.Netlink;
using BridgeNet.Netlink.Netfilter;

namespace BridgeNet.Core.Tables;

/// <summary>
/// Looks at the ruleset and changes it as if in one step. An attempt looks, and commits for the generation that it looked at; the kernel refuses
/// it if anybody changed the ruleset in between. Then it is begun again.
/// </summary>
/// <remarks>
/// This is the one policy for all such changes:
/// <list type="bullet">
/// <item>ERESTART and EINTR say that the ruleset changed while it was looked at. The attempt is begun again.</item>
/// <item>ENOENT says that what was listed is gone when it is looked into. The attempt is begun again if the ruleset changed since it began; else
/// that is the answer. All other errors are answers too: the kernel gives them to who looked at what is there.</item>
/// <item>Many processes at once take turns, and each time one of them succeeds. Who had no turn in <see cref="Attempts"/> attempts gets an error
/// that says so.</item>
/// </list>
/// </remarks>
internal static class RulesetRetry
{
    /// <summary>The most attempts.</summary>
    public const int Attempts = 1000;

    /// <summary>Looks and changes.</summary>
    /// <param name="netfilter">The socket.</param>
    /// <param name="attempt">Looks and changes for a generation; it may be called many times.</param>
    /// <exception cref="NetlinkException">The kernel refused, or others changed the ruleset during each attempt.</exception>
    public static T Run<T>(NetfilterSocket netfilter, Func<uint, T> attempt)
    {
        for (int number = 1; ; number++)
        {
            uint generation = netfilter.Generation();
            try
            {
                return attempt(generation);
            }
            catch (NetlinkException error) when (error.Errno is Errno.ERESTART or Errno.EINTR or Errno.ENOENT)
            {
                if (error.Errno is Errno.ENOENT && netfilter.Generation() == generation)
                {
                    throw;
                }
                if (number == Attempts)
                {
                    throw new NetlinkException(error.Errno, error.Operation, Exhausted);
                }
            }
            _ = Thread.Yield();
        }
    }

    /// <summary>
    /// As <see cref="Run{T}"/>, of changes that are written into a transaction while the ruleset is looked at. One without changes is not sent.
    /// </summary>
    public static void Change(NetfilterSocket netfilter, Action<NftTransaction> write) => _ = Run(netfilter, generation =>
    {
        NftTransaction transaction = netfilter.Transaction(generation);
        write(transaction);
        transaction.Commit();
        return true;
    });

    /// <summary>As <see cref="Run{T}"/>, of an attempt that says itself that something is missing.</summary>
    /// <param name="netfilter">The socket.</param>
    /// <param name="attempt">What to do; false if something that it needs is not there.</param>
    /// <returns>False if it is not there though nobody changed the ruleset, or is gone again after each attempt.</returns>
    public static bool TryRun(NetfilterSocket netfilter, Func<bool> attempt)
    {
        for (int number = 1; number <= Attempts; number++)
        {
            uint generation = netfilter.Generation();
            if (attempt())
            {
                return true;
            }
            if (netfilter.Generation() == generation)
            {
                return false;
            }
        }
        return false;
    }

    /// <summary>Has an attempt begun again if the ruleset changed meanwhile: for an answer that was put together from several looks.</summary>
    /// <exception cref="NetlinkException">ERESTART: it changed.</exception>
    public static void ThrowIfChanged(NetfilterSocket netfilter, uint generation)
    {
        if (netfilter.Generation() != generation)
        {
            throw new NetlinkException(Errno.ERESTART, "reading the ruleset", null);
        }
    }

    private static string Exhausted => $"others changed the ruleset during each of {Attempts} attempts (nft monitor tells who)";
}
