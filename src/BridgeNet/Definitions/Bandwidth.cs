namespace BridgeNet;

/// <summary>
/// An endpoint's bandwidth limits. All protocols count together, in whole Ethernet frames without preamble and checksum. Null means no limit.
/// </summary>
/// <remarks>
/// As in a CNI configuration, ingress is what the container receives, and rates are in bits per second. Bursts are in bytes here, but in bits there.
/// </remarks>
public sealed record Bandwidth
{
    /// <summary>The most that the container receives, in bits per second: from 1, rounded up to a whole byte; null for no limit.</summary>
    public long? IngressRate { get; set; }

    /// <summary>
    /// The burst that the container receives after a pause, in bytes: 1 to 4,294,967,295, at least one packet of the link's MTU. Null for 100 ms at
    /// the rate, at least ten packets.
    /// </summary>
    public long? IngressBurst { get; set; }

    /// <summary>The most that the container sends, in bits per second: from 1, rounded up to a whole byte; null for no limit.</summary>
    public long? EgressRate { get; set; }

    /// <summary>
    /// The burst that the container sends after a pause, in bytes: 1 to 4,294,967,295, at least one packet of the link's MTU. Null for 100 ms at the
    /// rate, at least ten packets.
    /// </summary>
    public long? EgressBurst { get; set; }

    /// <summary>A copy of the limits; null if they limit nothing.</summary>
    internal static Bandwidth? Normalize(Bandwidth? bandwidth) =>
        bandwidth is null or { IngressRate: null, EgressRate: null } ? null : bandwidth with { };

    /// <summary>Checks all of it.</summary>
    /// <exception cref="ConfigurationException">A value is invalid.</exception>
    internal void Validate()
    {
        Validate(nameof(IngressRate), IngressRate, nameof(IngressBurst), IngressBurst);
        Validate(nameof(EgressRate), EgressRate, nameof(EgressBurst), EgressBurst);
    }

    private static void Validate(string rateProperty, long? rate, string burstProperty, long? burst)
    {
        if (rate <= 0)
        {
            throw new ConfigurationException(rateProperty, $"{rate} bits per second is not more than 0: leave it out for no limit");
        }
        if (burst is <= 0 or > uint.MaxValue)
        {
            throw new ConfigurationException(burstProperty, $"{burst} bytes is not from 1 to {uint.MaxValue}");
        }
        if (burst is not null && rate is null)
        {
            throw new ConfigurationException(burstProperty, $"{burst} bytes without a rate limit nothing: set Bandwidth.{rateProperty} too");
        }
    }
}
