using BridgeNet.Netlink.Wire;

namespace BridgeNet.Netlink.Tests.Wire;

public sealed class AnswerBuffersTests
{
    [Fact]
    public void A_buffer_given_back_is_lent_again()
    {
        const int Large = 1 << 20;
        bool isSame = false;
        for (int round = 0; round < 100 && !isSame; round++) // the sockets of other tests take buffers too
        {
            byte[][] others = [AnswerBuffers.Rent(1), AnswerBuffers.Rent(1), AnswerBuffers.Rent(1), AnswerBuffers.Rent(1)];
            byte[] buffer = AnswerBuffers.Rent(Large);
            AnswerBuffers.Return(buffer);
            isSame = ReferenceEquals(AnswerBuffers.Rent(Large), buffer);
            Array.ForEach(others, AnswerBuffers.Return);
        }

        isSame.Should().BeTrue();
    }

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
