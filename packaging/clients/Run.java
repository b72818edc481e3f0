import client.ApiClient;
import client.ApiException;
import client.api.ConferencesApi;
import client.api.ParticipantsApi;
import client.model.ConferenceAction;
import client.model.ParticipantAction;
import client.model.UnlockConference;
import client.model.UnmuteParticipant;

/**
 * Controls a running conference with the client that openapi-generator has generated. Usage: Run
 * URL TOKEN ROOM
 */
public final class Run {

  private static void check(boolean holds, String what) {
    if (!holds) {
      System.err.println("FAILED: " + what);
      System.exit(1);
    }
    System.out.println("Java: " + what);
  }

  /** Runs the checks. */
  public static void main(String[] args) throws Exception {
    String account = "acme";
    String room = args[2];
    ApiClient client = new ApiClient();
    client.updateBaseUri(args[0]);
    client.setRequestInterceptor(request -> request.header("X-Auth-Token", args[1]));

    ConferencesApi conferences = new ConferencesApi(client);
    check(
        conferences
            .listConferences(
                ConferencesApi.APIListConferencesRequest.newBuilder()
                    .accountId(account)
                    .pageSize(10)
                    .build())
            .getData()
            .stream()
            .anyMatch(row -> room.equals(row.getId())),
        "a conference is listed");
    conferences.actOnConference(
        ConferencesApi.APIActOnConferenceRequest.newBuilder()
            .accountId(account)
            .conferenceId(room)
            .conferenceAction(
                new ConferenceAction(
                    new UnlockConference().action(UnlockConference.ActionEnum.UNLOCK)))
            .build());
    check(true, "a conference is unlocked");
    try {
      conferences.fetchConference(
          ConferencesApi.APIFetchConferenceRequest.newBuilder()
              .accountId(account)
              .conferenceId("missing")
              .build());
      check(false, "a missing conference is an error");
    } catch (ApiException e) {
      check(e.getCode() == 404, "a missing conference is an error");
    }

    ParticipantsApi participants = new ParticipantsApi(client);
    Integer alice =
        participants
            .listParticipants(
                ParticipantsApi.APIListParticipantsRequest.newBuilder()
                    .accountId(account)
                    .conferenceId(room)
                    .build())
            .getData()
            .get(0)
            .getParticipantId();
    participants.actOnParticipant(
        ParticipantsApi.APIActOnParticipantRequest.newBuilder()
            .accountId(account)
            .conferenceId(room)
            .participantId(String.valueOf(alice))
            .participantAction(
                new ParticipantAction(
                    new UnmuteParticipant().action(UnmuteParticipant.ActionEnum.UNMUTE)))
            .build());
    check(true, "a participant is unmuted");
  }
}
