using System.Text.Json;

using BridgeNet.Netlink;
using BridgeNet.Netlink.Route;

namespace BridgeNet.Runtimes.Cni;

/// <summary>tuning: kernel settings and properties of the container's interface.</summary>
/// <param name="isAlone">See <see cref="TuningPlan.From"/>.</param>
internal sealed class TuningPlugin(bool isAlone = true) : ICniPlugin
{
    /// <inheritdoc/>
    public string Name => "tuning";

    /// <inheritdoc/>
    public bool IsChained => true;

    /// <inheritdoc/>
    public CniResult Add(CniCall call)
    {
        TuningPlan plan = TuningPlan.From(call, isAlone);
        CniResult told = call.Previous!;
        if (plan is { Sysctls.Count: 0, LeavesLink: true })
        {
            return told;
        }
        using NetworkNamespace sandbox = call.OpenSandbox();
        using RouteSocket inside = sandbox.Run(() =>
        {
            foreach ((string key, string value) in plan.Sysctls)
            {
                Set(key, value);
            }
            return RouteSocket.Open();
        });
        if (plan.LeavesLink)
        {
            return told;
        }
        LinkSelector selector = LinkSelector.ByName(call.Environment.InterfaceName);
        Link before = inside.GetLink(selector);
        Remember(call, plan, before);
        Link after = inside.Batch().ChangeLink(LinkSelector.ByIndex(before.Index), plan.Link).GetLink(selector);
        return told with
        {
            Interfaces = [.. told.Interfaces.Select(
            link => link.Sandbox is not null
                && string.Equals(link.Name, after.Name.ToString(), StringComparison.Ordinal) ? Renew(link, plan, after) : link)]
        };
    }

    /// <summary>
    /// Puts the link's properties back; kernel settings end with the namespace. The backup goes even if it cannot be read or restored, so that the
    /// next DEL succeeds.
    /// </summary>
    public void Delete(CniCall call)
    {
        string path = PathOf(call);
        if (!File.Exists(path))
        {
            return;
        }
        new CniTeardown().Then(() => Restore(call, path)).Then(() => File.Delete(path)).Finish();
    }

    private static void Restore(CniCall call, string path)
    {
        using NetworkNamespace? sandbox = call.TryOpenSandbox();
        if (sandbox is not null && JsonSerializer.Deserialize(File.ReadAllBytes(path), CniJsonContext.Default.TuningBackup) is { } backup)
        {
            using RouteSocket inside = sandbox.Run(RouteSocket.Open);
            if (inside.TryGetLink(LinkSelector.ByName(call.Environment.InterfaceName)) is { } link)
            {
                inside.Batch().ChangeLink(LinkSelector.ByIndex(link.Index), ToChange(backup)).Execute();
            }
        }
    }

    /// <inheritdoc/>
    public void Check(CniCall call)
    {
        TuningPlan plan = TuningPlan.From(call, isAlone);
        using NetworkNamespace sandbox = call.OpenSandbox();
        using RouteSocket inside = sandbox.Run(() =>
        {
            foreach ((string key, string value) in plan.Sysctls)
            {
                string? actual = Sysctl.Read(key);
                Require(Same(actual, value), $"the setting net/{key} is {actual ?? "gone"}, not {value}");
            }
            return RouteSocket.Open();
        });
        Link link = inside.TryGetLink(LinkSelector.ByName(call.Environment.InterfaceName))
            ?? throw new CniException(CniErrorCode.NotAsAdded, $"interface {call.Environment.InterfaceName} is gone");
        LinkChange wanted = plan.Link;
        Require(
            wanted.MacAddress is null || wanted.MacAddress == link.MacAddress,
            $"{link.Name} has MAC address {link.MacAddress}, not {wanted.MacAddress}");
        Require(wanted.Mtu is null || wanted.Mtu == link.Mtu, $"{link.Name} has mtu {link.Mtu}, not {wanted.Mtu}");
        Require(
            wanted.TxQueueLength is null || wanted.TxQueueLength == link.TxQueueLength,
            $"{link.Name} has a transmit queue of {link.TxQueueLength}, not {wanted.TxQueueLength}");
        Require(
            wanted.IsPromiscuous is null || wanted.IsPromiscuous == link.Flags.HasFlag(LinkFlags.Promiscuous),
            $"{link.Name} is not promiscuous any more");
        Require(
            wanted.IsAllMulticast is null || wanted.IsAllMulticast == link.Flags.HasFlag(LinkFlags.AllMulticast),
            $"{link.Name} has another allmulti than {wanted.IsAllMulticast}");
    }

    /// <inheritdoc/>
    public void CollectGarbage(CniCall call)
    {
        // A file names container and interface, but not the network. Its attachment may be valid in another network, so no file is deleted here.
    }

    private static void Set(string key, string value)
    {
        try
        {
            Sysctl.Write(key, value);
        }
        catch (KernelException error)
        {
            throw new CniException(CniErrorCode.Internal, $"failed to set sysctl net/{key} to {value}: {error.Message}", innerException: error);
        }
    }

    private static void Remember(CniCall call, TuningPlan plan, Link before)
    {
        TuningBackup backup = new()
        {
            Mac = plan.Link.MacAddress is null ? null : before.MacAddress?.ToString(),
            Mtu = plan.Link.Mtu is null ? null : before.Mtu,
            Promisc = plan.Link.IsPromiscuous is null ? null : before.Flags.HasFlag(LinkFlags.Promiscuous),
            Allmulti = plan.Link.IsAllMulticast is null ? null : before.Flags.HasFlag(LinkFlags.AllMulticast),
            TxQLen = plan.Link.TxQueueLength is null ? null : before.TxQueueLength,
        };
        string path = PathOf(call);
        if (!File.Exists(path)) // a second ADD must not save the first one's values as the former ones
        {
            Directory.CreateDirectory(Path.GetDirectoryName(path)!);
            File.WriteAllBytes(path, JsonSerializer.SerializeToUtf8Bytes(backup, CniJsonContext.Default.TuningBackup));
        }
    }

    private static LinkChange ToChange(TuningBackup backup) => new()
    {
        MacAddress = MacAddress.TryParse(backup.Mac, null, out MacAddress mac) ? mac : null,
        Mtu = backup.Mtu is > 0 ? backup.Mtu : null,
        IsPromiscuous = backup.Promisc,
        IsAllMulticast = backup.Allmulti,
        TxQueueLength = backup.TxQLen,
    };

    private static CniInterface Renew(CniInterface told, TuningPlan plan, Link after) => told with
    {
        Mac = plan.Link.MacAddress is null ? told.Mac : after.MacAddress?.ToString(),
        Mtu = plan.Link.Mtu is null ? told.Mtu : after.Mtu,
    };

    private static string PathOf(CniCall call)
    {
        string? directory = call.Options<TuningOptions>().DataDir;
        return Path.Combine(
            string.IsNullOrEmpty(directory) ? TuningOptions.DefaultDirectory : directory,
            $"{call.Environment.ContainerId}_{call.Environment.InterfaceName}.json");
    }

    /// <summary>The kernel prints several numbers with tabs between them.</summary>
    private static bool Same(string? actual, string wanted) =>
        actual is not null && WordsOf(actual).SequenceEqual(WordsOf(wanted), StringComparer.Ordinal);

    private static string[] WordsOf(string text) => text.Split((char[]?)null, StringSplitOptions.RemoveEmptyEntries);

    private static void Require(bool holds, string otherwise)
    {
        if (!holds)
        {
            throw new CniException(CniErrorCode.NotAsAdded, $"tuning: {otherwise}");
        }
    }
}
