package dev.callflow.api.file;

import dev.callflow.api.answer.Answer;
import dev.callflow.api.answer.FailureCode;
import dev.callflow.api.route.ApiCall;
import dev.callflow.api.route.ApiOperation;
import dev.callflow.core.document.Json;
import dev.callflow.core.file.FileTransfers;
import dev.callflow.core.file.KeptFile;
import java.io.IOException;
import java.util.List;
import java.util.Optional;

/**
 * Transfers of files between FreeSWITCH and the host, with links instead of tokens
 * (docs/spec/api.md#transfers).
 */
public final class TransferResource {

  /** The path of a transfer. */
  public static final String PATH = "/v2/transfers/{link}";

  /** The segment of the path that stands for the link. */
  public static final String LINK = "link";

  private static final String NOT_VALID = "the link is unknown, used or expired";

  private final FileTransfers transfers;
  private final Downloads downloads;

  /**
   * Creates the resource.
   *
   * @param transfers the transfers
   * @param downloads answers with files
   */
  public TransferResource(FileTransfers transfers, Downloads downloads) {
    this.transfers = transfers;
    this.downloads = downloads;
  }

  /**
   * Returns the operations.
   *
   * @return the operations
   */
  public List<ApiOperation> operations() {
    return List.of(
        ApiOperation.open("PUT", PATH, this::receive).takingFile(),
        ApiOperation.open("GET", PATH, this::send));
  }

  private Answer receive(ApiCall call) {
    try {
      Optional<KeptFile> kept = transfers.receive(call.value(LINK), call.upload().orElseThrow());
      return kept.map(TransferResource::answer)
          .orElseGet(() -> Answer.refused(FailureCode.BAD_IDENTIFIER, NOT_VALID));
    } catch (IOException e) {
      return KeptFiles.unread(e);
    }
  }

  private static Answer answer(KeptFile kept) {
    return switch (kept) {
      case KeptFile.Kept done -> Answer.ok(Json.object().put("content_length", done.bytes()));
      case KeptFile.Refusal refusal -> KeptFiles.refused(refusal);
    };
  }

  private Answer send(ApiCall call) {
    // A request for the headers alone would use the link up.
    Optional<FileTransfers.Sound> sound =
        call.request().verb().equals("HEAD") ? Optional.empty() : transfers.send(call.value(LINK));
    return sound
        .map(it -> downloads.answer(it.account(), "sound", it.file(), call.request()))
        .orElseGet(() -> Answer.refused(FailureCode.BAD_IDENTIFIER, NOT_VALID));
  }
}
