namespace BridgeNet.Networks;

/// <summary>A text that no other host has, for IPv6 subnets that no other host has.</summary>
internal static class HostId
{
    private const int MachineIdLength = 32;

    /// <summary>
    /// The machine's id (machine-id(5)), which stays for the life of the installation. If there is none, as in many images, the kernel's boot id:
    /// every process reads the same one without writing anything, and the state that depends on it ends with the boot too.
    /// </summary>
    /// <remarks>It is secret: publish only hashes of it.</remarks>
    public static string Read(string machineId = "/etc/machine-id", string bootId = "/proc/sys/kernel/random/boot_id")
    {
        string text = File.Exists(machineId) ? File.ReadAllText(machineId).Trim() : "";
        return text.Length == MachineIdLength && text.All(char.IsAsciiHexDigitLower) // it is "uninitialized" in an image
            ? text
            : File.ReadAllText(bootId).Trim();
    }
}
