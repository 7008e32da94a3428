using System.Buffers;
using System.Text;
using Trellis.Core.Matching.Commands;
using Trellis.Simulator.Keeping;

namespace Trellis.Simulator.Tests.Keeping;

public sealed class StateLineTests
{
    public static TheoryData<string> Commands => [.. CommandExamples.Types.Select(type => type.Name)];

    [Theory]
    [MemberData(nameof(Commands))]
    public void A_command_comes_back_with_every_member(string name)
    {
        var type = CommandExamples.Types.Single(type => type.Name == name);
        var examples = new CommandExamples(seed: 7);
        for (var round = 0; round < 200; round++)
        {
            var command = (MatchingCommand)examples.Make(type);
            var lines = new ArrayBufferWriter<byte>();
            StateLine.Write(lines, command);

            CommandExamples.Describe(StateLine.ReadAll(lines.WrittenMemory).ShouldHaveSingleItem()).ShouldBe(CommandExamples.Describe(command));
        }
    }

    [Theory]
    [InlineData("fly-away {}\n", "'fly-away', which this version of Trellis does not know")]
    [InlineData("pass-time {\"Time\":\n", "'pass-time' can't be read")]
    [InlineData("pass-time {\"Time\":\"noon\"}\n", "'pass-time' can't be read")]
    [InlineData("pass-time null\n", "'pass-time' is empty")]
    [InlineData("pass-time {\"Time\":5}", "its last line has no end")]
    [InlineData("\n", "it holds ''")]
    public void What_is_no_line_is_named(string text, string message)
    {
        Should.Throw<FormatException>(() => StateLine.ReadAll(Encoding.UTF8.GetBytes(text)).ToList()).Message.ShouldContain(message);
    }
}
