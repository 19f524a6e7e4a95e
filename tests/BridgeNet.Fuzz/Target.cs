namespace BridgeNet.Fuzz;

/// <summary>A decoder that reads bytes from outside.</summary>
/// <param name="Name">As it is called on the command line.</param>
/// <param name="Decode">Reads the bytes, or refuses them by one of the exceptions that its documentation names.</param>
/// <param name="Words">What the format is made of; mutations put it in.</param>
internal sealed record Target(string Name, Target.Decoder Decode, IReadOnlyList<byte[]> Words)
{
    public delegate void Decoder(ReadOnlySpan<byte> input);
}
