using Trellis.Core;
using Trellis.Simulator.Faults;
using Trellis.Simulator.Venues.Binance.Errors;
using Trellis.Simulator.Venues.Binance.Limits;
using Trellis.Simulator.Venues.Binance.Requests;
using Trellis.Simulator.Venues.Binance.Signing;

namespace Trellis.Simulator.Venues.Binance.Endpoints;

/// <summary>A request as it came by either wire.</summary>
/// <param name="Method">HTTP method, or <c>WS</c>.</param>
/// <param name="Path">Path, or the method of the WebSocket API.</param>
/// <param name="Endpoint">What it asks for; null where that is nothing that is answered.</param>
/// <param name="Key">The API key as it was sent.</param>
/// <param name="Signed">What was signed.</param>
/// <param name="Unreadable">What is wrong with its form.</param>
internal sealed record IncomingRequest(string Method, string Path, Endpoint? Endpoint, BinanceCall Call, string? Key, ReadOnlyMemory<byte> Signed, BinanceError? Unreadable);

/// <summary>What came of a request.</summary>
/// <param name="Error">Null where the answer was written.</param>
/// <param name="Fault">What is to go wrong with the answer.</param>
internal readonly record struct RequestOutcome(BinanceError? Error, RequestUsage Usage, AnswerFault Fault);

/// <summary>What a request has used of its limits.</summary>
/// <param name="Weight">Of the address in this minute.</param>
/// <param name="Orders">Of the account; null where the request counts none.</param>
internal readonly record struct RequestUsage(long Weight, OrderUsage? Orders);

/// <summary>Takes a request past faults, limits, key, time and signature to its endpoint.</summary>
internal sealed class RequestRunner(BinanceServices services)
{
    private readonly IFaultPoints _faults = services.Context.Faults;

    public async ValueTask<RequestOutcome> RunAsync(IncomingRequest request)
    {
        using var inFlight = services.Context.Activity.Begin();
        var (endpoint, call) = (request.Endpoint, request.Call);
        var facts = new RequestFacts(request.Method, request.Path, endpoint is { IsOrder: true }, endpoint is { IsOrder: true } && endpoint.IsReduceOnly(call.Parameters));
        var fault = _faults.BeforeRequest(facts, out var delay);
        await WaitAsync(delay);
        if (fault == RequestFault.Disconnect)
        {
            return new RequestOutcome(null, default, AnswerFault.Lost);
        }

        // Where a fault comes first, nothing is counted.
        var weight = services.Weights.Used(call.Address);
        var refusal = Refusal(fault) ?? Count(request, out weight) ?? request.Unreadable ?? (endpoint is null ? RequestErrors.UnknownPath(request.Method, request.Path) : null);
        if (refusal is not null)
        {
            return new RequestOutcome(refusal, new RequestUsage(weight, null), AnswerFault.None);
        }

        OrderUsage? orders = null;
        BinanceError? error;
        try
        {
            Authorize(endpoint!, call, request.Key, request.Signed.Span);
            error = CountOrders(endpoint!, call, out orders);
            if (error is null)
            {
                await endpoint!.HandleAsync(call);
                // What an answer shows must outlive a kill, also where it only looked.
                await services.Exchange.CommittedAsync();
            }
        }
        catch (RequestRefusedException refused)
        {
            error = refused.Error;
        }
        catch (RunException)
        {
            // The exchange has stopped, and says so elsewhere.
            error = RequestErrors.Internal;
        }
        catch (Exception defect) when (defect is not (OperationCanceledException or IOException))
        {
            // A defect of the simulator's own. The client is told what the real exchange says of its own: the outcome is unknown.
            error = RequestErrors.Unknown;
        }

        var answerFault = _faults.AfterRequest(facts, out delay);
        await WaitAsync(delay);
        return new RequestOutcome(answerFault == AnswerFault.UnknownExecuted ? RequestErrors.ExecutionUnknown : error, new RequestUsage(weight, orders), answerFault);
    }

    private BinanceError? Count(IncomingRequest request, out long used)
    {
        var refusal = services.Weights.Admit(request.Call.Address, request.Endpoint?.Weight(request.Call.Parameters) ?? 1, out used);
        return refusal ?? (request.Endpoint is { IsFunding: true } ? services.Weights.AdmitFunding(request.Call.Address) : null);
    }

    private BinanceError? CountOrders(Endpoint endpoint, BinanceCall call, out OrderUsage? usage)
    {
        usage = null;
        if (endpoint.Orders.IsNone)
        {
            return null;
        }

        var refusal = services.Orders.Admit(call.Account, endpoint.Orders, out var used);
        usage = used;
        return refusal;
    }

    /// <exception cref="RequestRefusedException">-2014, -2015, -1102, -1021 or -1022.</exception>
    private void Authorize(Endpoint endpoint, BinanceCall call, string? key, ReadOnlySpan<byte> payload)
    {
        if (endpoint.Access == Access.Open)
        {
            return;
        }

        call.Key = services.Keys.Find(key, call.Address);
        if (_faults.KeysAreWithdrawn)
        {
            throw new RequestRefusedException(RequestErrors.KeyRejected(call.Address));
        }

        if (endpoint.Access == Access.Key)
        {
            return;
        }

        var signature = call.Parameters.Required(Parameters.Signature);
        RequestTime.Check(call.Parameters, services.WireTime);
        if (!call.Key.Signed(payload, signature))
        {
            throw new RequestRefusedException(RequestErrors.Signature);
        }

        if (endpoint.Access == Access.Trade && !call.Key.MayTrade)
        {
            throw new RequestRefusedException(RequestErrors.KeyRejected(call.Address));
        }
    }

    private BinanceError? Refusal(RequestFault fault) =>
        _faults.InMaintenance ? RequestErrors.Maintenance
        : fault switch
        {
            RequestFault.Overloaded => RequestErrors.Overloaded,
            RequestFault.UnknownNotExecuted => RequestErrors.ExecutionUnknown,
            _ => null,
        };

    private ValueTask WaitAsync(TimeSpan delay) =>
        delay > TimeSpan.Zero ? new ValueTask(Task.Delay(delay, services.Context.Time, services.Context.Stopping)) : ValueTask.CompletedTask;
}
