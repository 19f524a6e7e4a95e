using System.Globalization;
using System.Net;

using BridgeNet.Host;
using BridgeNet.Native;
using BridgeNet.Netlink;
using BridgeNet.State;

namespace BridgeNet.Repairs;

/// <summary>Waits for kernel events that may need a repair.</summary>
internal sealed class KernelMonitor : IDisposable
{
    private const string VethPrefix = "veth", IfbPrefix = "ifb";

    private readonly NetlinkMonitor _routes;
    private readonly NetlinkMonitor _rules;
    private readonly Func<InterfaceName, bool> _isBridge;
    private IAsyncEnumerator<NetlinkEvent>? _routeEvents, _ruleEvents;
    private Task<bool>? _nextRoute, _nextRule;

    private KernelMonitor(NetlinkMonitor routes, NetlinkMonitor rules, Func<InterfaceName, bool> isBridge)
    {
        _routes = routes;
        _rules = rules;
        _isBridge = isBridge;
    }

    /// <summary>Listens from now on.</summary>
    /// <param name="host">The namespace that plays the host.</param>
    /// <param name="isBridge">Whether a name is that of a network's bridge.</param>
    public static KernelMonitor Open(NetworkNamespace host, Func<InterfaceName, bool> isBridge)
    {
        NetlinkMonitor routes = host.Run(OpenRoutes);
        try
        {
            return new KernelMonitor(routes, host.Run(NetlinkMonitor.OpenNetfilter), isBridge);
        }
        catch
        {
            routes.Dispose();
            throw;
        }
    }

    /// <summary>Waits for an event that concerns us, and takes all others that have come by then.</summary>
    /// <exception cref="OperationCanceledException">It was cancelled.</exception>
    public async Task<RepairScope> NextAsync(CancellationToken cancellation)
    {
        RepairScope scope = new();
        bool concerned = false;
        while (true)
        {
            _nextRoute ??= (_routeEvents ??= _routes.ReadAsync(cancellation).GetAsyncEnumerator(cancellation)).MoveNextAsync().AsTask();
            _nextRule ??= (_ruleEvents ??= _rules.ReadAsync(cancellation).GetAsyncEnumerator(cancellation)).MoveNextAsync().AsTask();
            if (concerned && !_nextRoute.IsCompleted && !_nextRule.IsCompleted)
            {
                return scope;
            }
            _ = await Task.WhenAny(_nextRoute, _nextRule).ConfigureAwait(false);
            if (_nextRoute.IsCompleted)
            {
                NetlinkEvent? one = await TakeAsync(_nextRoute, _routeEvents!).ConfigureAwait(false);
                (_nextRoute, _routeEvents) = (null, one is null ? null : _routeEvents);
                concerned |= Note(one, scope);
            }
            if (_nextRule.IsCompleted)
            {
                NetlinkEvent? one = await TakeAsync(_nextRule, _ruleEvents!).ConfigureAwait(false);
                (_nextRule, _ruleEvents) = (null, one is null ? null : _ruleEvents);
                concerned |= Note(one, scope);
            }
        }
    }

    /// <inheritdoc/>
    public void Dispose()
    {
        _routes.Dispose();
        _rules.Dispose();
    }

    /// <summary>Listens to the host alone if the kernel or missing rights forbid listening to containers: that covers most events.</summary>
    private static NetlinkMonitor OpenRoutes()
    {
        try
        {
            return NetlinkMonitor.OpenRoute(hearsNeighbours: true);
        }
        catch (KernelException error) when (error.Errno is Errno.EPERM or Errno.ENOPROTOOPT)
        {
            return NetlinkMonitor.OpenRoute();
        }
    }

    /// <returns>Null if the event could not be read; then anything may have happened.</returns>
    private static async Task<NetlinkEvent?> TakeAsync(Task<bool> next, IAsyncEnumerator<NetlinkEvent> events)
    {
        try
        {
            return await next.ConfigureAwait(false) ? events.Current : null;
        }
        catch (NetlinkFormatException)
        {
            return null;
        }
    }

    /// <summary>Notes the containers that an event makes us check.</summary>
    /// <returns>Whether it concerns us at all.</returns>
    private bool Note(NetlinkEvent? one, RepairScope scope)
    {
        switch (one?.Kind)
        {
            case null or NetlinkEventKind.Lost:
                scope.AddEverything();
                return true;
            case NetlinkEventKind.LinkChanged or NetlinkEventKind.LinkDeleted:
                InterfaceName name = RenamedLinks.NameOf(one.Link!); // the alias tells of one that was just renamed
                scope.Add(name);
                return IsOurs(name) || KernelAlias.Read(one.Link!.Alias) is not null;
            case NetlinkEventKind.AddressDeleted:
                IPAddress address = one.Address!.Address.Address;
                scope.Add(address);
                return !address.IsIPv6LinkLocal;
            case NetlinkEventKind.TableChanged or NetlinkEventKind.TableReduced:
                return one.Table is { } table && !table.Name.EndsWith("_standby", StringComparison.Ordinal);
            default:
                return false;
        }
    }

    private bool IsOurs(InterfaceName name) => IsMade(name.ToString(), VethPrefix) || IsMade(name.ToString(), IfbPrefix) || _isBridge(name);

    /// <summary>Whether a name is a prefix and an endpoint's hexadecimal number.</summary>
    private static bool IsMade(string name, string prefix) =>
        name.StartsWith(prefix, StringComparison.Ordinal)
        && ulong.TryParse(name.AsSpan(prefix.Length), NumberStyles.AllowHexSpecifier, CultureInfo.InvariantCulture, out _);
}
