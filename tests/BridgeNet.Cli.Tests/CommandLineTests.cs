using System.CommandLine;
using System.CommandLine.Help;
using System.CommandLine.Parsing;

using BridgeNet.Cli.Printing;
using BridgeNet.Cli.Tests.Support;

namespace BridgeNet.Cli.Tests;

public sealed class CommandLineTests
{
    public static TheoryData<string> Verbs =>
    [
        "demo", "run", "attach", "detach", "ls", "inspect", "publish", "unpublish", "limit", "gc", "version",
        "network create", "network ls", "network inspect", "network rm",
    ];

    [Theory]
    [MemberData(nameof(Verbs))]
    public void Every_verb_has_help_with_an_example_of_itself(string verb)
    {
        Outcome outcome = Outcome.Of([.. verb.Split(' '), "--help"]);

        outcome.Status.Should().Be(0);
        outcome.Output.Should().Contain("Examples:").And.Contain($"\n  bridgenet {verb}").And.Contain("--state-dir");
        outcome.Error.Should().BeEmpty();
    }

    [Theory]
    [MemberData(nameof(Verbs))]
    public void The_help_lists_every_verb(string verb)
    {
        string[] words = verb.Split(' ');

        Outcome outcome = Outcome.Of([.. words[..^1], "--help"]);

        outcome.Output.Should().MatchRegex($"\n  {words[^1]} ");
    }

    [Fact]
    public void The_help_begins_with_examples_that_a_newcomer_can_copy() =>
        Outcome.Of("--help").Output.Should().Contain("bridgenet demo").And.Contain("bridgenet run -p 8080:80 -- nginx -g 'daemon off;'");

    [Theory]
    [InlineData("", "bridgenet")]
    [InlineData("bogus", "bridgenet")]
    [InlineData("network", "bridgenet network")]
    [InlineData("network bogus", "bridgenet network")]
    [InlineData("attach", "bridgenet attach")]
    [InlineData("attach web --bogus", "bridgenet attach")]
    [InlineData("attach web --name a --name b", "bridgenet attach")]
    [InlineData("network create", "bridgenet network create")]
    [InlineData("network create app --gateway 10.0.0.1", "bridgenet network create")]
    [InlineData("limit web", "bridgenet limit")]
    [InlineData("limit web --off --egress-rate 1m", "bridgenet limit")]
    [InlineData("limit web --egress-burst 1m", "bridgenet limit")]
    [InlineData("attach web --publish-from 10.0.0.0/8", "bridgenet attach")]
    [InlineData("run --ingress-burst 1m true", "bridgenet run")]
    [InlineData("run", "bridgenet run")]
    [InlineData("run --bogus sh", "bridgenet run")]
    [InlineData("publish web", "bridgenet publish")]
    [InlineData("demo --port 0", "bridgenet demo")]
    [InlineData("demo --port 80-81", "bridgenet demo")]
    [InlineData("ls --state-dir=", "bridgenet ls")]
    public void A_wrong_command_line_is_a_usage_error_that_says_where_help_is(string words, string whereHelpIs)
    {
        Outcome outcome = Outcome.Of(words.Split(' ', StringSplitOptions.RemoveEmptyEntries));

        outcome.Status.Should().Be(2);
        outcome.Output.Should().BeEmpty();
        outcome.ErrorLines.Should().HaveCount(2);
        outcome.ErrorLines[0].Should().StartWith("bridgenet: ");
        outcome.ErrorLines[1].Should().Be($"try {whereHelpIs} --help");
    }

    [Fact]
    public void Every_verb_is_built_under_its_own_name() =>
        CommandLine.Build().Subcommands.Select(verb => verb.Name).Should().Equal(CommandLine.Verbs);

    [Theory]
    [InlineData("attach web -p 8080:80 --name ls", "attach")]
    [InlineData("--state-dir /tmp/x attach network", "attach")]
    [InlineData("--state-dir=/tmp/x network create app", "network")]
    [InlineData("run -p 80 -- ls --help", "run")]
    [InlineData("oci-hook prestart", "oci-hook")]
    public void A_correct_command_line_builds_only_the_verb_that_it_names(string words, string verb)
    {
        string[] split = words.Split(' ');

        ParseResult result = CommandLine.Parse(split);

        result.RootCommandResult.Command.Subcommands.Select(command => command.Name).Should().Equal(verb);
        result.ToString().Replace(" *[ --help ]", string.Empty, StringComparison.Ordinal).Should()
            .Be(Everything(split).ToString().Replace(
                $"[ {Everything(split).RootCommandResult.Command.Name} ", "[ bridgenet ", StringComparison.Ordinal));
    }

    [Theory]
    [InlineData("bogus attach web")]
    [InlineData("-- attach web")]
    [InlineData("attach")]
    [InlineData("attach web ls")]
    [InlineData("--state-dir attach web")]
    [InlineData("--state-dir ls attach web")]
    [InlineData("attach --name --help")]
    [InlineData("attach web --name -h")]
    [InlineData("ls -qh")]
    [InlineData("run ls --help")]
    public void Every_other_command_line_is_parsed_with_all_verbs(string words)
    {
        string[] split = words.Split(' ');

        ParseResult result = CommandLine.Parse(split);

        result.Errors.Select(error => error.Message).Should().Equal(Everything(split).Errors.Select(error => error.Message));
        result.CommandResult.Command.Name.Should().Be(Everything(split).CommandResult.Command.Name);
        (result.Action is ExampleHelp).Should().Be(Everything(split).Action is ExampleHelp);
    }

    [Fact]
    public void Every_name_of_the_help_option_shows_the_help()
    {
        HelpOption help = CommandLine.Build().Options.OfType<HelpOption>().Single();

        foreach (string name in help.Aliases.Append(help.Name))
        {
            Outcome.Of("attach", "web", name).Should().BeEquivalentTo(Outcome.Of("attach", "--help"));
        }
    }

    private static ParseResult Everything(string[] words) => CommandLineParser.Parse(CommandLine.Build(), words, CommandLine.Configuration);

    [Fact]
    public void An_unknown_verb_is_named() => Outcome.Of("bogus").ErrorLines[0].Should().Contain("'bogus'");

    [Theory]
    [InlineData("-p", "80:0", "port 0 is not in 1 to 65535")]
    [InlineData("-p", "65536:80", "port 65536 is not in 1 to 65535")]
    [InlineData("-p", "90-80:80", "90-80 is reversed")]
    [InlineData("-p", "80:80/icmp", "'icmp'")]
    [InlineData("--ip", "10.1", "'10.1' is not an IPv4 address")]
    [InlineData("--ip", "fe80::1", "'fe80::1' is not an IPv4 address")]
    [InlineData("--ip6", "172.17.0.2", "'172.17.0.2' is not an IPv6 address")]
    [InlineData("--link-local-ip", "169.254.3.4", "'169.254.3.4' is not an address with a prefix")]
    [InlineData("--gw-priority", "high", "'high' is not a whole number")]
    [InlineData("--route", "10.9.0.1/16", "write 10.9.0.0/16")]
    [InlineData("--route", "10.9.0.0/16,fd00::1", "different families")]
    [InlineData("--route", "10.9.0.0/16,", "'' is not an address")]
    [InlineData("--sysctl", "net.ipv4.conf.IFNAME.log_martians", "write net.ipv4.conf.IFNAME.log_martians=1")]
    [InlineData("--publish-from", "10.0.0.1/8", "write 10.0.0.0/8")]
    [InlineData("--ingress-rate", "0", "'0' is not a number of bits per second")]
    [InlineData("--egress-rate", "fast", "'fast' is not a number of bits per second")]
    [InlineData("--egress-rate", "9223372036854775807k", "is not a number of bits per second")]
    [InlineData("--ingress-burst", "5g", "'5g' is not a number of bytes, from 1 to 4294967295")]
    [InlineData("--egress-burst", "-1", "'-1' is not a number of bytes")]
    [InlineData("--mac-address", "02:42", "'02:42' is not a MAC address")]
    [InlineData("--ifname", "sixteen-bytes-xx", "has 16 bytes")]
    [InlineData("--name", "", "the endpoint's name is empty")]
    public void A_malformed_value_is_a_usage_error_that_names_it(string option, string value, string named)
    {
        Outcome outcome = Outcome.Of("attach", "/no/such/namespace", option, value);

        outcome.Status.Should().Be(2);
        outcome.ErrorLines[0].Should().Contain(named);
    }

    [Fact]
    public void The_version_is_one_line()
    {
        Outcome outcome = Outcome.Of("version");

        outcome.Should().Be(new Outcome(0, $"bridgenet {Product.Version}\n", string.Empty));
        outcome.Output.Should().MatchRegex(@"^bridgenet \d+\.\d+\.\d+\n$");
    }
}
