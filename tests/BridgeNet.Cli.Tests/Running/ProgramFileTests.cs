using BridgeNet.Cli.Running;
using BridgeNet.TestKit;

namespace BridgeNet.Cli.Tests.Running;

public sealed class ProgramFileTests : IDisposable
{
    private readonly Scratch _scratch = new();
    private readonly string _directory;

    public ProgramFileTests() => _directory = _scratch.Path;

    [Fact]
    public void A_name_is_searched_in_the_directories_of_PATH_in_order()
    {
        string second = Place("b/tool", executable: true);
        string third = Place("c/tool", executable: true);

        ProgramFile.Find("tool", $"{_directory}/a:{_directory}/b:{_directory}/c").Should().Be(second).And.NotBe(third);
    }

    [Fact]
    public void A_file_that_is_not_executable_does_not_hide_one_that_is()
    {
        _ = Place("a/tool", executable: false);
        string second = Place("b/tool", executable: true);

        ProgramFile.Find("tool", $"{_directory}/a:{_directory}/b").Should().Be(second);
    }

    [Fact]
    public void A_path_is_taken_as_it_is()
    {
        string path = Place("a/tool", executable: true);

        ProgramFile.Find(path, searchPath: string.Empty).Should().Be(path);
    }

    [Fact]
    public void A_program_that_is_not_found_exits_with_127() => StatusOf("tool", _directory).Should().Be(127);

    [Fact]
    public void A_path_to_no_file_exits_with_127() => StatusOf($"{_directory}/tool", string.Empty).Should().Be(127);

    [Fact]
    public void An_empty_name_exits_with_127() => StatusOf(string.Empty, _directory).Should().Be(127);

    [Fact]
    public void A_file_that_is_not_executable_exits_with_126()
    {
        string path = Place("a/tool", executable: false);

        StatusOf(path, string.Empty).Should().Be(126);
        StatusOf("tool", $"{_directory}/a").Should().Be(126);
    }

    [Fact]
    public void A_directory_is_no_program() => StatusOf(_directory, string.Empty).Should().Be(126);

    public void Dispose() => _scratch.Dispose();

    private static int StatusOf(string program, string searchPath)
    {
        Action find = () => ProgramFile.Find(program, searchPath);

        return find.Should().Throw<ProgramException>().Which.ExitStatus;
    }

    private string Place(string name, bool executable)
    {
        string path = Path.Combine(_directory, name);
        _ = Directory.CreateDirectory(Path.GetDirectoryName(path)!);
        File.WriteAllText(path, string.Empty);
        if (!OperatingSystem.IsWindows())
        {
            File.SetUnixFileMode(path, UnixFileMode.UserRead | (executable ? UnixFileMode.UserExecute : UnixFileMode.None));
        }
        return path;
    }
}
