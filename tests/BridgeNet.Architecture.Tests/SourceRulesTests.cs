namespace BridgeNet.Architecture;

public sealed class SourceRulesTests
{
    [Fact]
    public void A_file_at_the_limit_is_accepted_and_one_line_more_is_not()
    {
        SourceFile atLimit = new("a.cs", string.Concat(Enumerable.Repeat("x\n", SourceRules.MostLines)));

        SourceRules.KeepShort([atLimit]).Should().BeEmpty();
        SourceRules.KeepShort([atLimit with { Text = atLimit.Text + "x\n" }]).Should().Equal("a.cs has 401 lines: 400 is the limit");
    }

    [Theory]
    [InlineData("a \nb\n", "a.cs:1 ends in white space")]
    [InlineData("a\nb\t\n", "a.cs:2 ends in white space")]
    [InlineData("a\r\nb\n", "a.cs:1 ends in white space")]
    [InlineData("a\nb", "a.cs does not end in a line feed")]
    public void Untidy_ends_are_found(string text, string violation)
    {
        SourceRules.KeepClean([new SourceFile("a.cs", text)]).Should().Equal(violation);
        SourceRules.KeepClean([new SourceFile("a.cs", "a\n\nb\n")]).Should().BeEmpty();
    }

    [Fact]
    public void Each_pattern_finds_what_it_is_for()
    {
        Find("[LibraryImport(\"libc\")]", SourceRules.PlatformInvoke).Should().BeTrue();
        Find("[return: DllImport]", SourceRules.PlatformInvoke).Should().BeTrue();
        Find("_ = Process.Start(\"ip\");", SourceRules.StartedProcess).Should().BeTrue();
        Find("ProcessStartInfo start = new();", SourceRules.StartedProcess).Should().BeTrue();
        Find("Thread.Sleep(1);", SourceRules.Sleep).Should().BeTrue();
        Find("await Task.Delay(1);", SourceRules.Sleep).Should().BeTrue();
        Find("throw new NotImplementedException();", SourceRules.Unfinished).Should().BeTrue();
        Find("private async Task Wait()", SourceRules.Async).Should().BeTrue();
        Find("using Tmds.Linux;", SourceRules.UsedLibC).Should().BeTrue();

        Find("Processes.Signal(1, 2); // asynchronous", SourceRules.StartedProcess).Should().BeFalse();
        Find("int asyncronous;", SourceRules.Async).Should().BeFalse();
    }

    [Fact]
    public void Comments_and_strings_may_speak_of_it()
    {
        const string Text =
            """"
            // async
            /* async
               async */
            string a = "async \" async"; char c = '"';
            string b = @"async "" async
            async";
            string d = """async "async" """;
            """";

        SourceRules.ForbidCode([new SourceFile("a.cs", Text)], SourceRules.Async(), "").Should().BeEmpty();
        SourceRules.ForbidCode([new SourceFile("a.cs", Text + "\nasync")], SourceRules.Async(), "why").Should().Equal("a.cs:8 has async: why");
    }

    [Fact]
    public void Unfinished_business_is_found_in_comments_too() =>
        SourceRules.ForbidText([new SourceFile("a.cs", "int a;\n// TODO: more\n")], SourceRules.Unfinished(), "finish it").Should().Equal("a.cs:2 has TODO: finish it");

    private static bool Find(string code, Func<System.Text.RegularExpressions.Regex> pattern) =>
        SourceRules.ForbidCode([new SourceFile("a.cs", code)], pattern(), "").Any();
}
