using BridgeNet.Native;

namespace BridgeNet.Tests.Namespaces;

public sealed class NetworkNamespaceTests
{
    [Theory]
    [InlineData("/nowhere/at/all", "ENOENT")]
    [InlineData("no-such-name-bridgenet", "ENOENT")]
    [InlineData("/etc/passwd", "it is not a network namespace")]
    [InlineData("/proc/self/ns/mnt", "it is not a network namespace")]
    [InlineData("pid:0", "ENOENT")]
    [InlineData("pid:x", "write pid: and a process's number")]
    public void What_is_no_namespace_is_refused_by_name(string text, string reason)
    {
        Action find = () => NetworkNamespace.Find(text);

        find.Should().Throw<NamespaceException>().WithMessage($"network namespace *: *{reason}*");
    }

    [Fact]
    public void A_process_can_be_named_by_its_number()
    {
        using NetworkNamespace own = NetworkNamespace.Current();
        using NetworkNamespace named = NetworkNamespace.Find($"pid:{Environment.ProcessId}");

        named.Identity.Should().Be(own.Identity);
    }

    [Fact]
    public void Work_runs_inside_and_the_caller_stays_outside()
    {
        using NetworkNamespace here = NetworkNamespace.Current();
        using NetworkNamespace created = NetworkNamespace.Create();

        FileIdentity inside = created.Run(Here);

        inside.Should().Be(created.Identity);
        Here().Should().Be(here.Identity).And.NotBe(created.Identity);
    }

    [Fact]
    public void An_error_inside_comes_out_as_it_is()
    {
        using NetworkNamespace created = NetworkNamespace.Create();

        Action run = () => created.Run((Action)(() => throw new InvalidTimeZoneException("inside")));

        run.Should().Throw<InvalidTimeZoneException>().WithMessage("inside");
    }

    [Fact]
    public void A_named_namespace_lives_until_its_name_is_deleted()
    {
        string name = $"bridgenet-test-{Guid.NewGuid():n}";
        using (NetworkNamespace created = NetworkNamespace.CreateNamed(name))
        {
            using NetworkNamespace found = NetworkNamespace.Find(name);
            found.Identity.Should().Be(created.Identity);
            Action again = () => NetworkNamespace.CreateNamed(name);
            again.Should().Throw<NamespaceException>().WithMessage("*EEXIST*");
        }

        NetworkNamespace.DeleteNamed(name).Should().BeTrue();
        NetworkNamespace.DeleteNamed(name).Should().BeFalse();
        File.Exists($"/run/netns/{name}").Should().BeFalse();
    }

    [Fact]
    public void A_path_of_an_anonymous_namespace_leads_to_it_while_it_is_open()
    {
        using NetworkNamespace created = NetworkNamespace.Create();
        using NetworkNamespace reopened = NetworkNamespace.Open(created.Path);

        reopened.Identity.Should().Be(created.Identity);
    }

    private static FileIdentity Here()
    {
        using NetworkNamespace current = NetworkNamespace.Current();
        return current.Identity;
    }
}
