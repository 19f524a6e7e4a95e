namespace BridgeNet.Networks;

/// <summary>What tells this host from every other, so that networks of IPv6 get addresses that no other host has.</summary>
internal static class HostId
{
    private const int MachineIdLength = 32;

    /// <summary>
    /// The machine's id (machine-id(5)), which stays for the life of the installation. Where there is none, as in many images, the kernel's id of
    /// this boot: every process reads the same without writing anything, and the state that holds what was chosen by it ends with the boot too.
    /// </summary>
    /// <remarks>It is secret: only hashes of it may be seen by others.</remarks>
    public static string Read(string machineId = "/etc/machine-id", string bootId = "/proc/sys/kernel/random/boot_id")
    {
        string text = File.Exists(machineId) ? File.ReadAllText(machineId).Trim() : "";
        return text.Length == MachineIdLength && text.All(char.IsAsciiHexDigitLower) // it is "uninitialized" in an image
            ? text
            : File.ReadAllText(bootId).Trim();
    }
}
