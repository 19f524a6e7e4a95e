using System.Diagnostics;

using Tmds.Linux;

namespace BridgeNet.Native;

public sealed class OwnFilesTests
{
    [Theory]
    [InlineData("/etc/hostname")]
    [InlineData("/etc")]
    public void A_program_inherits_a_file_before_and_after_and_not_meanwhile(string path)
    {
        using FileDescriptor file = Files.Open(directory: null, path, OpenFlags.ReadOnly);
        using FileDescriptor other = Files.Open(directory: null, "/etc/hostname", OpenFlags.ReadOnly);
        Call.ThrowIfFailed(LibC.fcntl(file.Value, LibC.F_SETFD, 0), "fcntl F_SETFD");

        Inherits(file).Should().BeTrue();
        using (OwnFiles.Keep())
        {
            Inherits(file).Should().BeFalse();
        }
        Inherits(file).Should().BeTrue();
        Inherits(other).Should().BeFalse("it never was inherited");
    }

    private static bool Inherits(FileDescriptor file)
    {
        using Process program = Process.Start(new ProcessStartInfo("test", ["-e", $"/proc/self/fd/{file.Value}"]))!;
        program.WaitForExit();
        return program.ExitCode == 0;
    }
}
