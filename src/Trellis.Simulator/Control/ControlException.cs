using Trellis.Core;

namespace Trellis.Simulator.Control;

/// <summary>A request that the control API does not carry out.</summary>
/// <param name="status">HTTP status of the answer.</param>
/// <param name="member">Which member of the request, or part of its path; null for none.</param>
/// <param name="value">The value as it came; null for none.</param>
/// <param name="allowed">What would be right; null where nothing would be.</param>
internal sealed class ControlException(int status, string message, string? member = null, string? value = null, string? allowed = null) : TrellisException(message)
{
    public override int ExitCode => 2;

    public int Status => status;

    public string? Field => member;

    public string? Value => value;

    public string? Allowed => allowed;
}
