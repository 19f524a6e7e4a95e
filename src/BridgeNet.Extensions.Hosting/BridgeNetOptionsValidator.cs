using Microsoft.Extensions.Options;

namespace BridgeNet.Extensions.Hosting;

/// <summary>Checks options when the host starts, before anything is changed: all of them, so that all faults are told at once.</summary>
internal sealed class BridgeNetOptionsValidator : IValidateOptions<BridgeNetOptions>
{
    /// <inheritdoc/>
    public ValidateOptionsResult Validate(string? name, BridgeNetOptions options)
    {
        List<string> faults = [.. options.Faults];
        foreach (NetworkDefinition network in options.Networks)
        {
            try
            {
                network.Validate();
            }
            catch (ConfigurationException fault)
            {
                faults.Add($"network {network.Name}: {fault.Message}");
            }
        }
        faults.AddRange(options.Networks.GroupBy(network => network.Name, StringComparer.Ordinal)
            .Where(same => same.Count() > 1).Select(same => $"network {same.Key}: it is given {same.Count()} times"));
        return faults.Count == 0 ? ValidateOptionsResult.Success : ValidateOptionsResult.Fail(faults);
    }
}
