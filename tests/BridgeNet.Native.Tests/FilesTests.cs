using System.Text;

namespace BridgeNet.Native;

public sealed class FilesTests : IDisposable
{
    private const UnixFileMode OwnerOnly = UnixFileMode.UserRead | UnixFileMode.UserWrite;

    private readonly TemporaryDirectory _directory = new();

    public void Dispose() => _directory.Dispose();

    [Fact]
    public void What_is_written_reads_back()
    {
        byte[] content = Encoding.UTF8.GetBytes(new string('x', 100_000));
        using (FileDescriptor file = Open("record", OpenFlags.WriteOnly | OpenFlags.Create, 0x180 /* 0600 */))
        {
            Files.Write(file, content);
            Files.Synchronize(file);
        }

        using FileDescriptor again = Open("record", OpenFlags.ReadOnly);
        byte[] buffer = Files.ReadAll(again, out int length);

        buffer.AsSpan(0, length).SequenceEqual(content).Should().BeTrue();
        File.GetUnixFileMode(_directory.File("record")).Should().Be(OwnerOnly);
    }

    [Fact]
    public void Truncate_forgets_what_was_there()
    {
        File.WriteAllText(_directory.File("record"), "a long old text");

        using (FileDescriptor file = Open("record", OpenFlags.WriteOnly | OpenFlags.Truncate))
        {
            Files.Write(file, "new"u8);
        }

        File.ReadAllText(_directory.File("record")).Should().Be("new");
    }

    [Fact]
    public void Exclusive_creation_happens_once()
    {
        using FileDescriptor? first = Files.TryOpen(_directory.Descriptor, "claim", OpenFlags.Create | OpenFlags.Exclusive, 0x180, out Errno none);
        using FileDescriptor? second = Files.TryOpen(
            _directory.Descriptor, "claim", OpenFlags.Create | OpenFlags.Exclusive, 0x180, out Errno refusal);

        (first is not null, none).Should().Be((true, Errno.None));
        (second is null, refusal).Should().Be((true, Errno.EEXIST));
    }

    [Fact]
    public void A_missing_file_is_named_in_the_error()
    {
        KernelException error = FluentActions.Invoking(() => Open("missing", OpenFlags.ReadOnly)).Should().Throw<KernelException>().Which;

        error.Errno.Should().Be(Errno.ENOENT);
        error.Message.Should().Be("open missing: ENOENT (No such file or directory)");
    }

    [Fact]
    public void A_link_is_not_followed_where_that_is_asked()
    {
        File.WriteAllText(_directory.File("target"), "secret");
        Files.SymbolicLink(_directory.Descriptor, "link", "target").Should().BeTrue();

        using FileDescriptor? refused = Files.TryOpen(_directory.Descriptor, "link", OpenFlags.NoFollow, mode: 0, out Errno errno);
        using FileDescriptor followed = Open("link", OpenFlags.ReadOnly);

        (refused is null, errno).Should().Be((true, Errno.ELOOP));
        Files.Identify(followed).Should().NotBe(default(FileIdentity));
    }

    [Fact]
    public void A_file_is_no_directory()
    {
        File.WriteAllText(_directory.File("plain"), "");

        using FileDescriptor? refused = Files.TryOpen(_directory.Descriptor, "plain", OpenFlags.Directory, mode: 0, out Errno errno);

        (refused is null, errno).Should().Be((true, Errno.ENOTDIR));
    }

    [Fact]
    public void A_descriptor_does_not_reach_a_child()
    {
        using FileDescriptor file = Open("record", OpenFlags.WriteOnly | OpenFlags.Create, 0x180);

        string flags = File.ReadLines($"/proc/self/fdinfo/{file.Value}").Single(line => line.StartsWith("flags:", StringComparison.Ordinal));

        const int closeOnExec = 0x80000; // O_CLOEXEC, 02000000 in octal
        (Convert.ToInt32(flags["flags:".Length..].Trim(), 8) & closeOnExec).Should().Be(closeOnExec);
    }

    [Fact]
    public void Names_are_looked_up_in_the_directory_that_was_opened_also_after_it_moved()
    {
        Files.MakeDirectory(_directory.Descriptor, "before", 0x1c0 /* 0700 */).Should().BeTrue();
        using FileDescriptor inner = Open("before", OpenFlags.Directory);
        Files.Rename(_directory.Descriptor, "before", "after").Should().BeTrue();

        Files.Open(inner, "record", OpenFlags.WriteOnly | OpenFlags.Create, 0x180).Dispose();

        File.Exists(_directory.File("after/record")).Should().BeTrue();
    }

    [Fact]
    public void A_directory_is_made_and_removed_once()
    {
        Files.MakeDirectory(_directory.Descriptor, "d", 0x1c0).Should().BeTrue();
        Files.MakeDirectory(_directory.Descriptor, "d", 0x1c0).Should().BeFalse();
        File.WriteAllText(_directory.File("d/f"), "");

        FluentActions.Invoking(() => Files.RemoveDirectory(_directory.Descriptor, "d"))
            .Should().Throw<KernelException>().Which.Errno.Should().Be(Errno.ENOTEMPTY);
        File.Delete(_directory.File("d/f"));

        Files.RemoveDirectory(_directory.Descriptor, "d").Should().BeTrue();
        Files.RemoveDirectory(_directory.Descriptor, "d").Should().BeFalse();
    }

    [Fact]
    public void Unlink_tells_whether_something_was_there()
    {
        File.WriteAllText(_directory.File("f"), "");

        Files.Unlink(_directory.Descriptor, "f").Should().BeTrue();
        Files.Unlink(_directory.Descriptor, "f").Should().BeFalse();
        FluentActions.Invoking(() => Files.Unlink(directory: null, _directory.Path))
            .Should().Throw<KernelException>().Which.Errno.Should().Be(Errno.EISDIR);
    }

    [Fact]
    public void Rename_replaces_and_tells_whether_something_was_there()
    {
        File.WriteAllText(_directory.File("a"), "new");
        File.WriteAllText(_directory.File("b"), "old");

        Files.Rename(_directory.Descriptor, "a", "b").Should().BeTrue();
        Files.Rename(_directory.Descriptor, "a", "b").Should().BeFalse();

        File.ReadAllText(_directory.File("b")).Should().Be("new");
    }

    [Fact]
    public void A_symbolic_link_is_claimed_once_and_reads_back()
    {
        string target = string.Concat(Enumerable.Repeat("ü/", 600));

        Files.SymbolicLink(_directory.Descriptor, "claim", target).Should().BeTrue();
        Files.SymbolicLink(_directory.Descriptor, "claim", "other").Should().BeFalse();

        Files.ReadSymbolicLink(_directory.Descriptor, "claim").Should().Be(target);
        Files.ReadSymbolicLink(_directory.Descriptor, "none").Should().BeNull();
    }

    [Fact]
    public void A_plain_file_is_no_link_to_read()
    {
        File.WriteAllText(_directory.File("plain"), "");

        FluentActions.Invoking(() => Files.ReadSymbolicLink(_directory.Descriptor, "plain"))
            .Should().Throw<KernelException>().Which.Errno.Should().Be(Errno.EINVAL);
    }

    [Fact]
    public void Two_descriptors_of_one_file_are_identical_and_of_two_files_are_not()
    {
        using FileDescriptor one = Open("one", OpenFlags.Create, 0x180);
        using FileDescriptor again = Open("one", OpenFlags.ReadOnly);
        using FileDescriptor two = Open("two", OpenFlags.Create, 0x180);

        Files.Identify(again).Should().Be(Files.Identify(one));
        Files.Identify(two).Should().NotBe(Files.Identify(one));
        Files.Identify($"/proc/self/fd/{one.Value}").Should().Be(Files.Identify(one));
    }

    [Fact]
    public void A_full_disk_is_reported()
    {
        using FileDescriptor full = Files.Open(directory: null, "/dev/full", OpenFlags.WriteOnly);

        FluentActions.Invoking(() => Files.Write(full, "x"u8)).Should().Throw<KernelException>().Which.Errno.Should().Be(Errno.ENOSPC);
    }

    [Fact]
    public void A_closed_descriptor_is_refused()
    {
        FileDescriptor file = Open("f", OpenFlags.Create, 0x180);
        file.Dispose();
        file.Dispose();

        FluentActions.Invoking(() => Files.Read(file, new byte[1])).Should().Throw<ObjectDisposedException>();
    }

    [Fact]
    public void Whether_there_is_something_is_seen_of_files_links_and_directories()
    {
        File.WriteAllText(_directory.File("file"), "");
        File.CreateSymbolicLink(_directory.File("link"), "nowhere");
        Directory.CreateDirectory(_directory.File("directory"));

        Files.Exists(_directory.Descriptor, "file").Should().BeTrue();
        Files.Exists(_directory.Descriptor, "link").Should().BeTrue();
        Files.Exists(_directory.Descriptor, "directory").Should().BeTrue();
        Files.Exists(_directory.Descriptor, "nothing").Should().BeFalse();
        FluentActions.Invoking(() => Files.Exists(_directory.Descriptor, "file/below"))
            .Should().Throw<KernelException>().Which.Errno.Should().Be(Errno.ENOTDIR);
    }

    [Fact]
    public void An_open_file_knows_whether_it_still_has_a_name()
    {
        using FileDescriptor file = Open("file", OpenFlags.WriteOnly | OpenFlags.Create, mode: 0x180);
        Files.IsLinked(file).Should().BeTrue();

        File.Delete(_directory.File("file"));
        File.WriteAllText(_directory.File("file"), "another");

        Files.IsLinked(file).Should().BeFalse();
    }

    [Fact]
    public void A_name_with_a_NUL_is_refused_before_the_kernel_cuts_it()
    {
        File.WriteAllText(_directory.File("victim"), "");

        FluentActions.Invoking(() => Files.Unlink(_directory.Descriptor, "victim\0.bak")).Should().Throw<ArgumentException>();
        FluentActions.Invoking(() => Files.SymbolicLink(_directory.Descriptor, "claim", "a\0b")).Should().Throw<ArgumentException>();

        File.Exists(_directory.File("victim")).Should().BeTrue();
    }

    [Theory]
    [InlineData(100)]
    [InlineData(CString.StackBytes - 1)]
    [InlineData(CString.StackBytes)]
    [InlineData(1000)]
    public void A_path_of_any_length_arrives_whole(int length)
    {
        string path = "/proc/self/" + string.Concat(Enumerable.Repeat("./", length / 2)) + "comm";

        using FileDescriptor file = Files.Open(directory: null, path, OpenFlags.ReadOnly);

        Files.Read(file, new byte[64]).Should().BePositive();
    }

    private FileDescriptor Open(string name, OpenFlags flags, int mode = 0) => Files.Open(_directory.Descriptor, name, flags, mode);
}
