using BridgeNet.State;

namespace BridgeNet.Tests.State;

public sealed class ClaimStoreTests : IDisposable
{
    private readonly TemporaryDirectory _directory = new();
    private readonly ClaimStore _claims;

    public ClaimStoreTests() => _claims = new ClaimStore(new LinkFolder(_directory.Path));

    public void Dispose()
    {
        _claims.Dispose();
        _directory.Dispose();
    }

    [Fact]
    public void A_thing_has_one_owner_at_a_time()
    {
        _claims.TryClaim("172.17.0.2", "one").Should().BeTrue();
        _claims.TryClaim("172.17.0.2", "two").Should().BeFalse();

        _claims.OwnerOf("172.17.0.2").Should().Be("one");
    }

    [Fact]
    public void Only_its_owner_gives_a_thing_back()
    {
        _claims.TryClaim("web", "one");

        _claims.Release("web", "two");
        _claims.OwnerOf("web").Should().Be("one");
        _claims.Release("web", "one");
        _claims.OwnerOf("web").Should().BeNull();
    }

    [Fact]
    public void Of_many_that_claim_at_once_exactly_one_wins()
    {
        string[] contenders = [.. Enumerable.Range(0, 16).Select(i => $"contender-{i}")];

        bool[] won = [.. contenders.AsParallel().WithDegreeOfParallelism(16).Select(contender => _claims.TryClaim("prize", contender))];

        won.Count(w => w).Should().Be(1);
    }
}
