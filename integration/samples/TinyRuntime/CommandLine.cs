using System.CommandLine;

using BridgeNet;

namespace TinyRuntime;

/// <summary>The words of the command line, and what each of them calls.</summary>
internal static class CommandLine
{
    private static readonly Option<string> s_root = new("--root")
    {
        Description = "Where containers and their network are remembered.",
        DefaultValueFactory = _ => "/run/tinyruntime",
        Recursive = true,
    };

    private static readonly Option<string> s_runtime = new("--runtime")
    {
        Description = "runc or crun.",
        DefaultValueFactory = _ => "runc",
        Recursive = true,
    };

    private static readonly Option<string[]> s_flags = new("--runtime-flag")
    {
        Description = "A flag for the runtime, as --cgroup-manager=disabled.",
        Recursive = true,
    };

    public static RootCommand Build() => new("A small container runtime that has its network from BridgeNet.")
    {
        s_root, s_runtime, s_flags, Run(), List(), Exec(), Stop(), Events(),
    };

    private static Containers Open(ParseResult words) => new(
        words.GetRequiredValue(s_root),
        new OciProgram(words.GetRequiredValue(s_runtime), words.GetValue(s_flags) ?? [], words.GetRequiredValue(s_root)));

    private static Command Run()
    {
        Option<bool> detach = new("--detach", "-d") { Description = "Leave it running." };
        Option<string[]> publish = new("--publish", "-p") { Description = "[HOSTIP:][HOSTPORT:]PORT[/tcp|udp]" };
        Option<string?> name = new("--name") { Description = "Its name; by default one that is free." };
        Option<int> count =
            new("--count") { Description = "So many of them, detached, without ports of the host of their own.", DefaultValueFactory = _ => 1 };
        Argument<string> image = new("IMAGE") { Description = "busybox, which is made of the machine's own." };
        Argument<string[]> command = new("COMMAND") { Description = "The program and its arguments." };
        Command run = new("run", "Run a program in a container.") { detach, publish, name, count, image, command };
        run.TreatUnmatchedTokensAsErrors = false;
        run.SetAction(words =>
        {
            using Containers containers = Open(words);
            ContainerRequest request = new(
                words.GetRequiredValue(image),
                [.. words.GetValue(command) ?? [], .. words.UnmatchedTokens],
                words.GetValue(name),
                [.. (words.GetValue(publish) ?? []).Select(port => PortSpec.Parse(port))]);
            return words.GetValue(count) > 1 ? containers.StartMany(request, words.GetValue(count))
                : words.GetValue(detach) ? containers.Start(request)
                : containers.Run(request);
        });
        return run;
    }

    private static Command List()
    {
        Command list = new("ps", "What runs.");
        list.SetAction(words =>
        {
            using Containers containers = Open(words);
            return containers.Print();
        });
        return list;
    }

    private static Command Exec()
    {
        Argument<string> name = new("NAME");
        Argument<string[]> command = new("COMMAND");
        Command exec = new("exec", "Run a program in a container that runs.") { name, command };
        exec.TreatUnmatchedTokensAsErrors = false;
        exec.SetAction(words =>
        {
            using Containers containers = Open(words);
            return containers.Execute(words.GetRequiredValue(name), [.. words.GetValue(command) ?? [], .. words.UnmatchedTokens]);
        });
        return exec;
    }

    private static Command Stop()
    {
        Argument<string[]> names = new("NAME") { Arity = ArgumentArity.ZeroOrMore };
        Option<bool> all = new("--all") { Description = "All of them." };
        Command stop = new("stop", "End containers, and what they have of the network.") { names, all };
        stop.SetAction(words =>
        {
            using Containers containers = Open(words);
            return containers.Stop(words.GetValue(all) ? containers.Names : words.GetValue(names) ?? []);
        });
        return stop;
    }

    private static Command Events()
    {
        Command events = new("events", "Print what happens, until it is interrupted.");
        events.SetAction(async (words, cancellation) =>
        {
            using Containers containers = Open(words);
            await containers.PrintEventsAsync(cancellation);
            return 0;
        });
        return events;
    }
}
