using System.Buffers;
using System.Text;
using System.Text.Encodings.Web;
using System.Text.Json;
using Serilog.Events;
using Serilog.Formatting;

namespace Trellis.Cli.Live.Logs;

/// <summary>An event as one line of flat JSON: what every line has, then its fields; numbers as numbers, to the last decimal.</summary>
/// <param name="isBare">Without level and text, for a file whose lines are all of one kind.</param>
internal sealed class LineFormatter(bool isBare) : ITextFormatter
{
    private static readonly JsonWriterOptions Options = new() { Encoder = JavaScriptEncoder.UnsafeRelaxedJsonEscaping, SkipValidation = true };

    private readonly ArrayBufferWriter<byte> buffer = new(512);

    public void Format(LogEvent logEvent, TextWriter output)
    {
        buffer.ResetWrittenCount();
        using (var json = new Utf8JsonWriter(buffer, Options))
        {
            json.WriteStartObject();
            json.WriteString("time", LiveWords.Time(logEvent.Timestamp.ToUnixTimeMilliseconds()));
            if (!isBare)
            {
                json.WriteString("level", Word(logEvent.Level));
            }

            foreach (var (name, value) in logEvent.Properties)
            {
                Write(json, name, ((ScalarValue)value).Value);
            }

            if (!isBare)
            {
                json.WriteString("text", logEvent.MessageTemplate.Text);
            }

            json.WriteEndObject();
        }

        output.Write(Encoding.UTF8.GetString(buffer.WrittenSpan));
        output.Write('\n');
    }

    public static string Word(LogEventLevel level) => level == LogEventLevel.Fatal ? "critical" : JsonNamingPolicy.CamelCase.ConvertName(level.ToString());

    private static void Write(Utf8JsonWriter json, string name, object? value)
    {
        switch (value)
        {
            case decimal number:
                json.WritePropertyName(name);
                json.WriteRawValue(LiveWords.Exact(number), skipInputValidation: true);
                break;
            case long number:
                json.WriteNumber(name, number);
                break;
            case bool flag:
                json.WriteBoolean(name, flag);
                break;
            default:
                json.WriteString(name, (string?)value);
                break;
        }
    }
}
