using Microsoft.Extensions.Logging;
using Microsoft.Extensions.Options;

namespace BridgeNet.Extensions.Hosting;

/// <summary>The host's driver, and the namespace that plays its host.</summary>
internal sealed class HostDriver : IDisposable
{
    private readonly NetworkNamespace? _namespace;

    /// <exception cref="NamespaceException">There is no such namespace.</exception>
    /// <exception cref="StateException">The state directory cannot be made or opened.</exception>
    public HostDriver(IOptions<BridgeNetOptions> options, ILoggerFactory logging)
    {
        _namespace = options.Value.HostNamespace is { } place ? NetworkNamespace.Find(place) : null;
        Driver = BridgeDriver.Open(new BridgeDriverOptions
        {
            HostNamespace = _namespace,
            StateDirectory = options.Value.StateDirectory,
            Logger = logging.CreateLogger("BridgeNet"),
        });
    }

    /// <summary>The driver.</summary>
    public BridgeDriver Driver { get; }

    /// <inheritdoc/>
    public void Dispose()
    {
        Driver.Dispose();
        _namespace?.Dispose();
    }
}
