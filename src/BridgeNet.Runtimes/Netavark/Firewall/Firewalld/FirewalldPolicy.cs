using Tmds.DBus.Protocol;

namespace BridgeNet.Runtimes.Netavark;

/// <summary>What firewalld does with packets on their way from one zone to another: firewalld.policy(5).</summary>
/// <param name="From">The zone where they come in: a zone, <c>ANY</c>, or <c>HOST</c>.</param>
/// <param name="To">The zone where they leave.</param>
/// <param name="Target">What becomes of them: <c>ACCEPT</c>, or <c>CONTINUE</c> with firewalld's other rules.</param>
/// <param name="Masquerades">Whether they leave with the host's address.</param>
internal sealed record FirewalldPolicy(string From, string To, string Target, bool Masquerades)
{
    /// <summary>Writes the entries of a dictionary of settings.</summary>
    public void Write(ref MessageWriter writer)
    {
        WriteKey(ref writer, "egress_zones");
        writer.WriteSignature("as");
        writer.WriteArray(new[] { To });
        WriteKey(ref writer, "ingress_zones");
        writer.WriteSignature("as");
        writer.WriteArray(new[] { From });
        if (Masquerades)
        {
            WriteKey(ref writer, "masquerade");
            writer.WriteVariantBool(true);
        }
        WriteKey(ref writer, "target");
        writer.WriteVariantString(Target);
    }

    private static void WriteKey(ref MessageWriter writer, string key)
    {
        writer.WriteDictionaryEntryStart();
        writer.WriteString(key);
    }
}
