using BridgeNet.TestKit;

namespace BridgeNet.Integration.Tests.Kit;

public sealed class ScratchTests
{
    [Fact]
    public void It_takes_its_files_with_it()
    {
        Scratch scratch = new();
        Directory.CreateDirectory(scratch.At("deep/down"));
        File.WriteAllText(scratch.At("deep/down/file"), "x");

        scratch.Dispose();

        Directory.Exists(scratch.Path).Should().BeFalse();
    }
}
