namespace BridgeNet;

/// <summary>
/// How much an endpoint may send and receive, all protocols together, counted in whole Ethernet frames without preamble and checksum.
/// Null limits nothing.
/// </summary>
/// <remarks>
/// As in a CNI configuration ingress is what comes to the container, and a rate is in bits per second; but a burst is in bytes here
/// and in bits there.
/// </remarks>
public sealed record Bandwidth
{
    /// <summary>What the container may receive, in bits per second: from 1, rounded up to a whole byte; null for any.</summary>
    public long? IngressRate { get; init; }

    /// <summary>
    /// What the container may receive at once after a pause, in bytes: 1 to 4,294,967,295; less than one packet of the link's MTU counts
    /// as one. Null for what comes in 100 ms at the rate, at least ten packets.
    /// </summary>
    public long? IngressBurst { get; init; }

    /// <summary>What the container may send, in bits per second: from 1, rounded up to a whole byte; null for any.</summary>
    public long? EgressRate { get; init; }

    /// <summary>
    /// What the container may send at once after a pause, in bytes: 1 to 4,294,967,295; less than one packet of the link's MTU counts
    /// as one. Null for what goes in 100 ms at the rate, at least ten packets.
    /// </summary>
    public long? EgressBurst { get; init; }

    /// <summary>Limits, or null where they limit nothing.</summary>
    internal static Bandwidth? Normalize(Bandwidth? bandwidth) => bandwidth is { IngressRate: null, EgressRate: null } ? null : bandwidth;

    /// <summary>Checks all of it.</summary>
    /// <exception cref="ConfigurationException">Something in it cannot be.</exception>
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
