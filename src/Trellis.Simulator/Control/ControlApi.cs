using System.Security.Cryptography;
using System.Text;
using System.Text.Json;
using Microsoft.AspNetCore.Http;
using Trellis.Core;
using Trellis.Data.Store;

namespace Trellis.Simulator.Control;

/// <summary>
/// What a person or a test tells a running simulator, under <c>/sim/</c> and behind a token. JSON in and out; docs/simulator-faults.md has every route.
/// </summary>
public sealed class ControlApi
{
    private const string Prefix = "/sim";
    private const int LongestBody = 1 << 20;

    private static readonly JsonSerializerOptions Json = new() { PropertyNamingPolicy = JsonNamingPolicy.SnakeCaseLower };

    private readonly byte[] _token;
    private readonly IReadOnlyList<ControlRoute> _routes;

    public ControlApi(ControlContext context)
    {
        ArgumentException.ThrowIfNullOrEmpty(context.Token);
        _token = Digest(context.Token);
        _routes = [.. StateRoutes.Of(context), .. MarketRoutes.Of(context), .. FaultRoutes.Of(context), .. AccountRoutes.Of(context)];
    }

    /// <summary>What can be asked, in no particular order.</summary>
    internal IReadOnlyList<ControlRoute> Routes => _routes;

    /// <summary>Answers a request; false where its path is not under <c>/sim</c>.</summary>
    public async ValueTask<bool> TryHandleAsync(HttpContext http)
    {
        var path = http.Request.Path.Value ?? "";
        if (path != Prefix && !path.StartsWith(Prefix + "/", StringComparison.Ordinal))
        {
            return false;
        }

        try
        {
            await WriteAsync(http, StatusCodes.Status200OK, await AnswerAsync(http, path));
        }
        catch (ControlException error)
        {
            await WriteAsync(http, error.Status, new { error = error.Message, error.Field, error.Value, error.Allowed });
        }
        catch (ConfigurationException error) when (error.Problems is [var problem, ..])
        {
            await WriteAsync(http, StatusCodes.Status400BadRequest, new
            {
                error = $"{problem.Path} {problem.Rule}{(problem.Suggestion is null ? "" : $"; did you mean {problem.Suggestion}?")}".Trim(),
                field = problem.Path,
                problem.Value,
                problem.Allowed,
                problems = error.Problems.Select(each => each.ToString()),
            });
        }
        catch (TrellisException error)
        {
            await WriteAsync(http, StatusCodes.Status409Conflict, new { error = error.Message, field = (string?)null, value = (string?)null, allowed = (string?)null });
        }

        return true;
    }

    private async ValueTask<object> AnswerAsync(HttpContext http, string path)
    {
        Demand(http.Request);
        var segments = path.Split('/', StringSplitOptions.RemoveEmptyEntries)[1..];
        var onPath = _routes.Where(route => route.Meets(segments)).ToList();
        if (onPath.Count == 0)
        {
            var paths = _routes.Select(route => route.Path).Distinct(StringComparer.Ordinal).ToList();
            var meant = Similarity.Nearest(path, paths) is { } near ? $"; did you mean {near}?" : "";
            throw new ControlException(StatusCodes.Status404NotFound, $"there is no {path}{meant}", "path", path, string.Join(", ", paths));
        }

        var route = onPath.Find(route => route.Method == http.Request.Method);
        return route is null
            ? throw new ControlException(StatusCodes.Status405MethodNotAllowed, $"{path} does not take {http.Request.Method}", "method", http.Request.Method, string.Join(", ", onPath.Select(each => each.Method)))
            : await route.Carry(new ControlRequest(route.Arguments(segments), await BodyAsync(http), http.RequestAborted));
    }

    /// <summary>Compares digests in constant time, so that nothing about the token can be learned from how long a refusal takes.</summary>
    private void Demand(HttpRequest request)
    {
        const string scheme = "Bearer ";
        var authorization = request.Headers.Authorization.ToString();
        var given = authorization.StartsWith(scheme, StringComparison.OrdinalIgnoreCase) ? authorization[scheme.Length..].Trim() : request.Headers["X-Sim-Token"].ToString();
        if (!CryptographicOperations.FixedTimeEquals(Digest(given), _token))
        {
            throw new ControlException(StatusCodes.Status401Unauthorized, given.Length == 0 ? "the control token is missing" : "the control token is wrong", "Authorization", null, "Authorization: Bearer TOKEN, or X-Sim-Token: TOKEN, with the token that the simulator was started with");
        }
    }

    private static async ValueTask<byte[]> BodyAsync(HttpContext http)
    {
        using var body = new MemoryStream();
        var buffer = new byte[8_192];
        int read;
        while ((read = await http.Request.Body.ReadAsync(buffer, http.RequestAborted)) > 0)
        {
            body.Write(buffer, 0, read);
            if (body.Length > LongestBody)
            {
                throw new ControlException(StatusCodes.Status413PayloadTooLarge, "the body is too long", "body", $"more than {LongestBody} bytes", $"at most {LongestBody} bytes");
            }
        }

        return body.ToArray();
    }

    private static async ValueTask WriteAsync(HttpContext http, int status, object content)
    {
        http.Response.StatusCode = status;
        http.Response.ContentType = "application/json";
        await http.Response.Body.WriteAsync(JsonSerializer.SerializeToUtf8Bytes(content, Json), http.RequestAborted);
    }

    private static byte[] Digest(string text) => SHA256.HashData(Encoding.UTF8.GetBytes(text));
}
