namespace BridgeNet.Runtimes.Docker;

/// <summary>One option of a network, by Docker's name, and what it is of a definition.</summary>
/// <param name="Key">Docker's name.</param>
/// <param name="Property">The property of <see cref="NetworkDefinition"/> that it sets; null if it sets none.</param>
/// <param name="Allowed">What its value can be, for errors.</param>
/// <param name="Read">The definition with the option as a text says; a <see cref="FormatException"/> if the text is no such value.</param>
/// <param name="Write">The text of a definition's value; null for Docker's default, which is not written.</param>
internal sealed record DockerNetworkOption(
    string Key, string? Property, string Allowed, Func<NetworkDefinition, string, NetworkDefinition> Read, Func<NetworkDefinition, string?> Write);
