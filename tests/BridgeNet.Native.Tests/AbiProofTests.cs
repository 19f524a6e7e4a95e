using System.Runtime.InteropServices;

using BridgeNet.TestKit.Abi;

namespace BridgeNet.Native;

public sealed class AbiProofTests
{
    private static readonly string[] s_headers = ["sys/socket.h", "linux/netlink.h", "linux/rtnetlink.h"];

    [Fact]
    public void A_right_claim_is_proved()
    {
        AbiReport report = AbiProof.Prove([typeof(Right), typeof(RightHeader)], s_headers);

        report.Failures.Should().BeEmpty();
        report.Claims.Should().Be(7 + 1 + (2 * 2));
    }

    [Fact]
    public void A_wrong_constant_is_named()
    {
        AbiReport report = AbiProof.Prove([typeof(Wrong), typeof(Right)], s_headers);

        report.Failures.Should().HaveCount(2);
        report.Failures.Should().ContainSingle(failure => failure.StartsWith("Wrong.Mtu = 5u is not IFLA_MTU", StringComparison.Ordinal));
        report.Failures
            .Should().ContainSingle(failure => failure.StartsWith("Wrong.Invented = 1u is not IFLA_NEVER_HEARD_OF", StringComparison.Ordinal));
    }

    [Fact]
    public void A_wrong_layout_is_named()
    {
        AbiReport report = AbiProof.Prove([typeof(WrongHeader)], s_headers);

        report.Failures
            .Should().ContainSingle(failure => failure.StartsWith("WrongHeader = 8u is not sizeof(struct nlmsghdr)", StringComparison.Ordinal));
        report.Failures.Should().ContainSingle(failure => failure.StartsWith("offset of WrongHeader.Type", StringComparison.Ordinal));
        report.Failures.Should().ContainSingle(failure => failure.StartsWith("size of WrongHeader.Flags", StringComparison.Ordinal));
    }

    [Fact]
    public void A_constant_that_forgot_the_kernels_name_is_listed()
    {
        AbiProof.Prove([typeof(Forgetful)], s_headers).Unnamed.Should().Equal("Forgetful.Padding");
    }

    [Fact]
    public void A_header_that_is_missing_is_a_failure()
    {
        AbiProof.Prove([typeof(Right)], ["linux/never-heard-of.h"]).Failures.Should().Contain(failure => failure.Contains("No such file"));
    }

    [Fact]
    public void Nothing_to_prove_is_refused()
    {
        FluentActions.Invoking(() => AbiProof.Prove([typeof(OnlyOurs)], s_headers))
            .Should().Throw<InvalidOperationException>().WithMessage("*nothing to prove*");
    }

    internal static class Right
    {
        /// <summary>IFLA_MTU, u32: an attribute.</summary>
        public const ushort Mtu = 4;

        /// <summary>AF_UNSPEC: a name that a colon ends.</summary>
        public const int Unspecified = 0;

        /// <summary>sizeof(struct ifinfomsg), in bytes.</summary>
        public const int LinkHeader = 16;

        /// <summary>offsetof(struct ifinfomsg, ifi_index), in bytes.</summary>
        public const int LinkIndexOffset = 4;

        /// <summary>NLM_F_ROOT | NLM_F_MATCH: two names.</summary>
        public const ushort Dump = 0x300;

        /// <summary>NLA_ALIGN(IFLA_LINK): a macro with an argument.</summary>
        public const int Aligned = 8;

        /// <summary>NLA_TYPE_MASK: a complement, cut to the width of the wire.</summary>
        public const ushort Mask = 0x3fff;

        /// <summary>Text is no number.</summary>
        public const string Kind = "bridge";
    }

    internal static class Wrong
    {
        /// <summary>IFLA_MTU, u32: an attribute whose number this is not.</summary>
        public const ushort Mtu = 5;

        /// <summary>IFLA_NEVER_HEARD_OF, u8: an attribute that no kernel has.</summary>
        public const ushort Invented = 1;

        /// <summary>IFLA_IFNAME, string: an attribute with its right number.</summary>
        public const ushort Name = 3;
    }

    internal static class Forgetful
    {
        /// <summary>IFLA_MTU, u32.</summary>
        public const ushort Mtu = 4;

        /// <summary>MAC addresses are padded to this.</summary>
        public const ushort Padding = 8;
    }

    internal static class OnlyOurs
    {
        /// <summary>How often a dump is tried.</summary>
        public const int Attempts = 5;
    }

    /// <summary>struct nlattr, the right one.</summary>
    [StructLayout(LayoutKind.Sequential)]
    internal struct RightHeader
    {
        /// <summary>nla_len, with the header.</summary>
        public ushort Length;

        /// <summary>nla_type.</summary>
        public ushort Type;
    }

    /// <summary>struct nlmsghdr, with mistakes.</summary>
    [StructLayout(LayoutKind.Sequential)]
    internal struct WrongHeader
    {
        /// <summary>nlmsg_len, a right one.</summary>
        public uint Length;

        /// <summary>nlmsg_flags: too narrow.</summary>
        public byte Flags;

        /// <summary>nlmsg_type: in the wrong place.</summary>
        public ushort Type;
    }
}
