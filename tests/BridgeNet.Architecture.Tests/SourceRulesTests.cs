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

    [Fact]
    public void A_line_at_the_limit_is_accepted_and_one_character_more_is_not()
    {
        SourceFile atLimit = new("a.cs", $"a\n{new string('x', SourceRules.LongestLine)}\n");

        SourceRules.KeepLinesShort([atLimit]).Should().BeEmpty();
        SourceRules.KeepLinesShort([atLimit with { Text = atLimit.Text.Replace("x\n", "xx\n", StringComparison.Ordinal) }])
            .Should().Equal("a.cs:2 has 151 characters: 150 is the limit");
    }

    [Fact]
    public void A_method_at_the_limit_is_accepted_and_one_line_more_is_not()
    {
        string statements = string.Concat(Enumerable.Repeat("        Do();\n", SourceRules.MostMethodLines - 3));
        string method = $"class A\n{{\n    void M()\n    {{\n{statements}    }}\n}}\n";

        SourceRules.KeepMethodsShort([new SourceFile("a.cs", method)]).Should().BeEmpty();
        SourceRules.KeepMethodsShort([new SourceFile("a.cs", method.Replace("    }\n", "        More();\n    }\n", StringComparison.Ordinal))])
            .Should().Equal("a.cs:3 M has 61 lines: 60 is the limit");
    }

    [Theory]
    [InlineData("internal static class A;\n")]
    [InlineData("/// <summary>class B</summary>\npublic sealed record A(int B)\n{\n    private enum C { D }\n}\n")]
    [InlineData("[Attribute]\npublic readonly record struct A;\n")]
    [InlineData("internal delegate int A(ref int b);\n")]
    [InlineData("using B = System.Int32;\nnamespace C;\ninternal partial interface A<T>\n{\n}\n")]
    public void A_file_with_the_type_of_its_name_is_accepted(string code)
    {
        SourceRules.KeepOneNoun([new SourceFile("src/A.cs", code), new SourceFile("src/A.Part.cs", code), new SourceFile("src/A{T}.cs", code)])
            .Should().BeEmpty();
        SourceRules.KeepOneNoun([new SourceFile("src/B.cs", code)]).Should().Equal("src/B.cs declares A, which belongs into a file of its own");
    }

    [Fact]
    public void A_second_type_in_a_file_is_found() =>
        SourceRules.KeepOneNoun([new SourceFile("A.cs", "internal sealed class A;\n\ninternal enum B\n{\n}\n")])
            .Should().Equal("A.cs declares B, which belongs into a file of its own");

    [Theory]
    [InlineData("a \nb\n", "a.cs:1 ends in white space")]
    [InlineData("a\nb\t\n", "a.cs:2 ends in white space")]
    [InlineData("a\r\nb\n", "a.cs:1 ends in white space")]
    [InlineData("a\nb", "a.cs does not end in a line feed")]
    public void White_space_at_the_end_of_a_line_and_a_missing_line_feed_are_found(string text, string violation)
    {
        SourceRules.KeepClean([new SourceFile("a.cs", text)]).Should().Equal(violation);
        SourceRules.KeepClean([new SourceFile("a.cs", "a\n\nb\n")]).Should().BeEmpty();
    }

    [Fact]
    public void Each_pattern_finds_its_violation_and_nothing_similar()
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
    public void A_forbidden_word_is_allowed_in_comments_and_strings()
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

    [Theory]
    [InlineData("$\"name another device (--bridge-name)\"", "(--bridge-name")]
    [InlineData("\"--adopt uses it\"", "\"--adopt")]
    [InlineData("\"say --internal too\"", " --internal")]
    [InlineData("\"make it by network create\"", "network create")]
    [InlineData("\"repair it by bridgenet repair\"", "bridgenet repair")]
    [InlineData("\"host_ipv4\"", "host_ipv")]
    [InlineData("\"com.docker.network.bridge.name\"", "com.docker.")]
    public void A_message_that_speaks_of_options_or_verbs_is_found(string text, string found) =>
        SourceRules.ForbidStrings([new SourceFile("a.cs", $"int a;\nthrow new X({text});")], SourceRules.CommandLineWords(), "why")
            .Should().Equal($"a.cs:2 has {found}: why");

    [Theory]
    [InlineData("throw new X(\"table inet bridgenet is gone (NetworkDefinition.Adopt)\"); // --adopt")]
    [InlineData("for (; count > 0; --count) { a = \"-\"; b -= --count; }")]
    [InlineData("/* network create --adopt */ string a = \"a -- b\";")]
    public void A_message_that_speaks_of_properties_is_accepted(string code) =>
        SourceRules.ForbidStrings([new SourceFile("a.cs", code)], SourceRules.CommandLineWords(), "").Should().BeEmpty();

    [Fact]
    public void A_name_in_a_message_that_nobody_translates_is_found()
    {
        SourceFile translation = new("OptionText.cs", "(nameof(NetworkDefinition.Adopt), 1)");
        SourceFile library = new("a.cs", "// EndpointRequest.Name\nthrow new X(\"set NetworkDefinition.Adopt, or EndpointRequest.Keep\");");

        SourceRules.TranslateNames([library], translation).Should().Equal("a.cs:2 has EndpointRequest.Keep, which OptionText.cs does not translate");
    }

    [Fact]
    public void Unfinished_work_is_found_in_comments_too() =>
        SourceRules.ForbidText([new SourceFile("a.cs", "int a;\n// TODO: more\n")], SourceRules.Unfinished(), "finish it")
            .Should().Equal("a.cs:2 has TODO: finish it");

    private static bool Find(string code, Func<System.Text.RegularExpressions.Regex> pattern) =>
        SourceRules.ForbidCode([new SourceFile("a.cs", code)], pattern(), "").Any();
}
