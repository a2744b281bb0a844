using Microsoft.Extensions.DependencyInjection;

namespace Orders.Bus.Activities;

/// <param name="RequestType">What asks for it.</param>
/// <param name="Options">How it is carried out.</param>
/// <param name="Instance">Which of several of its kind a request is for; null where there is one.</param>
/// <param name="Execute">Makes an attempt.</param>
/// <param name="GiveUp">Says the outcome when there is none.</param>
internal sealed record ActivityDefinition(
    Type RequestType,
    ActivityOptions Options,
    Func<object, string>? Instance,
    Func<IServiceProvider, object, ActivityAttempt, CancellationToken, Task<object>> Execute,
    Func<IServiceProvider, object, ActivityAttempt, object> GiveUp)
{
    public static ActivityDefinition Of<TRequest, TActivity>(ActivityOptions options, Func<TRequest, string>? instance)
        where TRequest : class
        where TActivity : class, IActivity<TRequest> => new(
            typeof(TRequest),
            options,
            instance is null ? null : request => instance((TRequest)request),
            (scope, request, attempt, token) =>
                scope.GetRequiredService<TActivity>().ExecuteAsync((TRequest)request, attempt, token),
            (scope, request, attempt) => scope.GetRequiredService<TActivity>().GiveUp((TRequest)request, attempt));

    public string DestinationOf(object request) => Instance is null ? Options.Destination : $"{Options.Destination}/{Instance(request)}";

    /// <summary>Whether a request may have been stored for that destination, by this version or by one that knew of no instances.</summary>
    public bool Calls(string destination) =>
        destination == Options.Destination || (Instance is not null && destination.StartsWith($"{Options.Destination}/", StringComparison.Ordinal));
}
