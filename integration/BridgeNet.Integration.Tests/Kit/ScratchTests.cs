using BridgeNet.TestKit;

namespace BridgeNet.Integration.Tests.Kit;

public sealed class ScratchTests
{
    [Fact]
    public void Dispose_deletes_the_files_of_a_scratch_directory()
    {
        Scratch scratch = new();
        Directory.CreateDirectory(scratch.At("deep/down"));
        File.WriteAllText(scratch.At("deep/down/file"), "x");

        scratch.Dispose();

        Directory.Exists(scratch.Path).Should().BeFalse();
    }
}
