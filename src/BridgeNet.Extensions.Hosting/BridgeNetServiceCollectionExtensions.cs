using BridgeNet;
using BridgeNet.Extensions.Hosting;

using Microsoft.Extensions.Configuration;
using Microsoft.Extensions.DependencyInjection.Extensions;
using Microsoft.Extensions.Options;

namespace Microsoft.Extensions.DependencyInjection;

/// <summary>Gives a host its driver.</summary>
public static class BridgeNetServiceCollectionExtensions
{
    /// <summary>
    /// Adds a <see cref="BridgeDriver"/>. When the host starts, the networks are ensured before any other service starts; then they are watched. The
    /// host does not start with options that cannot be: see <see cref="OptionsValidationException"/>.
    /// </summary>
    /// <param name="services">The host's services.</param>
    /// <param name="configuration">
    /// The section with the settings of <see cref="BridgeNetOptions"/>: <c>builder.Configuration.GetSection("BridgeNet")</c>. A key that is not known
    /// and a value that cannot be read are errors. What changes while the host runs has no effect.
    /// </param>
    public static IServiceCollection AddBridgeNet(this IServiceCollection services, IConfiguration configuration)
    {
        ArgumentNullException.ThrowIfNull(configuration);
        return services.AddBridgeNet(options => new ConfigurationReader(options.Faults).Read(configuration, options));
    }

    /// <summary>Adds a <see cref="BridgeDriver"/> without networks of its own.</summary>
    /// <param name="services">The host's services.</param>
    public static IServiceCollection AddBridgeNet(this IServiceCollection services) => services.AddBridgeNet(static _ => { });

    /// <summary>Adds a <see cref="BridgeDriver"/> with options of the program's own.</summary>
    /// <param name="services">The host's services.</param>
    /// <param name="configure">Sets options.</param>
    public static IServiceCollection AddBridgeNet(this IServiceCollection services, Action<BridgeNetOptions> configure)
    {
        ArgumentNullException.ThrowIfNull(services);
        services.AddOptions<BridgeNetOptions>().Configure(configure).ValidateOnStart();
        services.TryAddEnumerable(ServiceDescriptor.Singleton<IValidateOptions<BridgeNetOptions>, BridgeNetOptionsValidator>());
        services.TryAddSingleton<HostDriver>();
        services.TryAddSingleton(static provider => provider.GetRequiredService<HostDriver>().Driver);
        services.AddHostedService<BridgeNetService>();
        return services;
    }
}
