using System.Text;

using BridgeNet.Runtimes.Oci;

namespace BridgeNet.Runtimes.Tests.Oci;

public sealed class OciStateTests
{
    [Theory]
    [InlineData("""{"ociVersion":"1.2.0","id":"a","status":"creating","pid":4711,"bundle":"/b","annotations":{"k":"v"}}""", 4711)]
    [InlineData("""{"ociVersion":"1.0","id":"a","pid":4711,"root":"/r","bundle":"/b","status":"created"}""", 4711)]
    [InlineData("""{"ociVersion":"1.2.0","id":"a","status":"stopped","bundle":"/b"}""", 0)]
    [InlineData("""{"id":"a","pid":0}""", 0)]
    public void The_states_of_runc_and_crun_are_read(string json, int pid)
    {
        OciState state = Read(json);

        (state.Id, state.Pid).Should().Be(("a", pid));
    }

    [Theory]
    [InlineData("")]
    [InlineData("[]")]
    [InlineData("{}")]
    [InlineData("""{"id":""}""")]
    [InlineData("""{"id":"a\nb"}""")]
    public void A_state_without_an_id_or_of_another_form_is_refused(string json)
    {
        Action read = () => Read(json);

        read.Should().Throw<ConfigurationException>();
    }

    [Fact]
    public void The_files_for_hooks_d_name_the_stage_and_the_condition()
    {
        using TestKit.Scratch scratch = new();

        IReadOnlyList<string> files = OciHookFile.Install(scratch.At("hooks.d"), "/usr/bin/bridgenet");

        files.Select(Path.GetFileName).Should().Equal("bridgenet-createRuntime.json", "bridgenet-poststop.json");
        File.ReadAllText(files[0])
            .Should()
                .Contain("\"1.0.0\"")
                .And.Contain("\"oci-hook\"")
                .And.Contain("\"createRuntime\"")
                .And.Contain("bridgenet")
                .And.Contain("annotations");
    }

    private static OciState Read(string json)
    {
        using MemoryStream stream = new(Encoding.UTF8.GetBytes(json));
        return OciState.Read(stream);
    }
}
