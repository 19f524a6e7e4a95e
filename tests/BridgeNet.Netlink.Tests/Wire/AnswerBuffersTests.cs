using BridgeNet.Netlink.Wire;

namespace BridgeNet.Netlink.Tests.Wire;

public sealed class AnswerBuffersTests
{
    [Fact]
    public void A_buffer_given_back_is_lent_again()
    {
        bool isSame = false;
        for (int round = 0; round < 1000 && !isSame; round++) // the sockets of other tests take buffers too
        {
            byte[][] others = [AnswerBuffers.Rent(), AnswerBuffers.Rent(), AnswerBuffers.Rent(), AnswerBuffers.Rent()];
            byte[] buffer = AnswerBuffers.Rent();
            AnswerBuffers.Return(buffer);
            isSame = ReferenceEquals(AnswerBuffers.Rent(), buffer);
            Array.ForEach(others, AnswerBuffers.Return);
        }

        isSame.Should().BeTrue();
    }

    [Fact]
    public void A_buffer_of_another_size_is_not_lent()
    {
        byte[] another = new byte[2 * AnswerBuffers.Bytes];
        byte[][] others = [AnswerBuffers.Rent(), AnswerBuffers.Rent(), AnswerBuffers.Rent(), AnswerBuffers.Rent()];

        AnswerBuffers.Return(another);

        byte[][] lent = [AnswerBuffers.Rent(), AnswerBuffers.Rent(), AnswerBuffers.Rent(), AnswerBuffers.Rent()];
        lent.Should().OnlyContain(buffer => buffer.Length == AnswerBuffers.Bytes);
        Array.ForEach([.. others, .. lent], AnswerBuffers.Return);
    }

    [Fact]
    public void A_buffer_is_never_lent_twice()
    {
        Parallel.For(0, 8, _ =>
        {
            for (int round = 0; round < 2000; round++)
            {
                byte[] buffer = AnswerBuffers.Rent();
                buffer[0] = 0;
                (++buffer[0]).Should().Be(1, "nobody else has it");
                Thread.Yield();
                buffer[0].Should().Be(1);
                AnswerBuffers.Return(buffer);
            }
        });
    }
}
