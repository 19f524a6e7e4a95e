using BridgeNet.Netlink.Wire;

namespace BridgeNet.Netlink.Tests.Wire;

public sealed class AnswerBuffersTests
{
    [Fact]
    public void A_buffer_is_never_lent_twice_and_never_too_short()
    {
        Parallel.For(0, 8, _ =>
        {
            for (int round = 0; round < 2000; round++)
            {
                int bytes = round % 2 == 0 ? 64 * 1024 : 128 * 1024;
                byte[] buffer = AnswerBuffers.Rent(bytes);
                buffer.Length.Should().BeGreaterThanOrEqualTo(bytes);
                buffer[0] = 0;
                (++buffer[0]).Should().Be(1, "nobody else has it");
                Thread.Yield();
                buffer[0].Should().Be(1);
                AnswerBuffers.Return(buffer);
            }
        });
    }
}
