package dev.callflow.api.server;

import dev.callflow.api.Api;
import dev.callflow.api.ApiReply;
import dev.callflow.api.ApiRequest;
import dev.callflow.api.answer.FailureCode;
import java.util.Optional;
import java.util.function.Consumer;

/**
 * Answers requests whose bodies a server is still receiving, within {@link RequestLimits}. The
 * token is checked before the body is read, so that only clients with a valid token use memory, and
 * no account more than its share.
 *
 * <p>Safe for use by any thread. A request is answered on the calling thread, which should be a
 * virtual one, because it is blocked while the body arrives and the API works.
 */
public final class LimitedApi {

  private final Api api;
  private final BodyReader reader;
  private final RequestsInProgress inProgress;
  private final LargeRequests largeRequests;
  private final RequestLimits.Arrival arrival;

  /**
   * Adds limits to an API.
   *
   * @param api the API
   * @param limits the limits
   */
  public LimitedApi(Api api, RequestLimits limits) {
    this.api = api;
    arrival = limits.arrival();
    reader = new BodyReader(limits, api.time());
    inProgress = new RequestsInProgress(limits);
    largeRequests = new LargeRequests(api.time());
  }

  /**
   * Answers a request. Every failure becomes a reply; nothing is thrown.
   *
   * @param head the request without its body
   * @param body the body, which is not read if the request is refused before
   * @return the reply
   */
  public ApiReply answer(ApiRequest head, IncomingBody body) {
    return answer(head, body, admitted -> {});
  }

  /**
   * Answers a request, and says when its token has been accepted. Every failure becomes a reply;
   * nothing is thrown.
   *
   * @param head the request without its body
   * @param body the body, which is not read if the request is refused before
   * @param onAdmitted called before the body is read, unless the request is refused by its headers
   * @return the reply
   */
  public ApiReply answer(
      ApiRequest head, IncomingBody body, Consumer<Api.Admission.Admitted> onAdmitted) {
    return switch (api.admit(head)) {
      case Api.Admission.Refused(ApiReply refusal) -> {
        body.discard();
        yield refusal;
      }
      case Api.Admission.Admitted admitted -> {
        onAdmitted.accept(admitted);
        yield answer(admitted, body);
      }
    };
  }

  private ApiReply answer(Api.Admission.Admitted admitted, IncomingBody body) {
    try (RequestsInProgress.Counted counted = inProgress.begin(admitted.accountKey())) {
      Optional<RequestsInProgress.Refusal> refusal = counted.refusal();
      if (refusal.isEmpty() && api.takesFile(admitted.request())) {
        return answerFile(admitted, body);
      }
      BodyReader.Result result =
          refusal.isPresent()
              ? new BodyReader.Result.Refused(refusal.get().code(), refusal.get().message())
              : reader.read(body, counted);
      return switch (result) {
        case BodyReader.Result.Read(String text) -> answer(admitted, text);
        case BodyReader.Result.Refused(FailureCode code, String message) -> {
          if (code != FailureCode.REQUEST_TIMEOUT && code != FailureCode.INVALID_ENVELOPE) {
            body.discard();
          }
          yield api.refuse(admitted.request(), code, message);
        }
      };
    }
  }

  private ApiReply answerFile(Api.Admission.Admitted admitted, IncomingBody body) {
    ArrivingFile file = new ArrivingFile(body, arrival, api.time());
    ApiReply reply = api.answer(admitted, file);
    if (!file.hasEnded()) {
      body.discard();
    }
    return reply;
  }

  private ApiReply answer(Api.Admission.Admitted admitted, String body) {
    try {
      return largeRequests.answer(body, () -> api.answer(admitted, body));
    } catch (InterruptedException e) {
      // The server is stopping.
      Thread.currentThread().interrupt();
      return api.refuse(admitted.request(), FailureCode.OVERLOADED, "the server is stopping");
    }
  }
}
