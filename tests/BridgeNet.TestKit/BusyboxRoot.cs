namespace BridgeNet.TestKit;

/// <summary>A container's root file system: busybox, and a page for its web server.</summary>
public static class BusyboxRoot
{
    /// <summary>Makes it.</summary>
    /// <returns>The directory.</returns>
    public static string Create(string directory, string page)
    {
        foreach (string name in (string[])["bin", "dev", "etc", "proc", "run", "sys", "tmp", "www"])
        {
            Directory.CreateDirectory(Path.Combine(directory, name));
        }
        File.Copy(Programs.Require("busybox"), Path.Combine(directory, "bin/busybox"), overwrite: true);
        File.WriteAllText(Path.Combine(directory, "www/index.html"), page);
        return directory;
    }
}
