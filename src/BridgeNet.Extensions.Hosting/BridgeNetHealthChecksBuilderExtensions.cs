using BridgeNet.Extensions.Hosting;

using Microsoft.Extensions.Diagnostics.HealthChecks;

namespace Microsoft.Extensions.DependencyInjection;

/// <summary>Adds the driver's health to an application's.</summary>
public static class BridgeNetHealthChecksBuilderExtensions
{
    /// <summary>
    /// Adds a check of the driver of <see cref="BridgeNetServiceCollectionExtensions"/>: degraded if a repair would mend something, as the watch
    /// does, and the failure status if something is beyond repair. It looks at the host in a few dumps and visits each container.
    /// </summary>
    /// <param name="builder">The application's health checks.</param>
    /// <param name="name">The check's name.</param>
    /// <param name="failureStatus">What it reports of what is beyond repair; null for unhealthy.</param>
    /// <param name="tags">Tags to choose checks by.</param>
    public static IHealthChecksBuilder AddBridgeNet(
        this IHealthChecksBuilder builder, string name = "bridgenet", HealthStatus? failureStatus = null, IEnumerable<string>? tags = null)
    {
        ArgumentNullException.ThrowIfNull(builder);
        return builder.Add(new HealthCheckRegistration(
            name,
            static provider => new BridgeNetHealthCheck(provider.GetRequiredService<BridgeNet.BridgeDriver>()),
            failureStatus,
            tags));
    }
}
