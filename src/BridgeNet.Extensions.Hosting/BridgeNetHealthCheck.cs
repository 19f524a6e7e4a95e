using Microsoft.Extensions.Diagnostics.HealthChecks;

namespace BridgeNet.Extensions.Hosting;

/// <summary>
/// Healthy if networks, endpoints and packet rules are as they are to be; degraded if a repair would mend what is not, as the watch does; else the
/// registration's failure status, by default unhealthy. The data have a line for each finding.
/// </summary>
internal sealed class BridgeNetHealthCheck(BridgeDriver driver) : IHealthCheck
{
    /// <inheritdoc/>
    public async Task<HealthCheckResult> CheckHealthAsync(HealthCheckContext context, CancellationToken cancellationToken = default)
    {
        RepairReport report = await Task.Run(driver.Check, cancellationToken).ConfigureAwait(false); // a visit to each container
        if (report.IsClean)
        {
            return HealthCheckResult.Healthy();
        }
        IReadOnlyList<RepairFinding> beyond = report.BeyondRepair;
        Dictionary<string, object> data = new(StringComparer.Ordinal)
        {
            [nameof(RepairReport.Findings)] = report.Findings.Select(finding => finding.ToString()).ToArray(),
        };
        return new HealthCheckResult(
            beyond.Count > 0 ? context.Registration.FailureStatus : HealthStatus.Degraded,
            beyond.Count > 0 ? beyond[0].ToString() : report.Findings[0].ToString(),
            data: data);
    }
}
