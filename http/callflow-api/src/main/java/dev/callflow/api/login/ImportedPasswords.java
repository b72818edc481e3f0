package dev.callflow.api.login;

import dev.callflow.api.credential.Credentials;
import dev.callflow.api.credential.Digest;
import dev.callflow.core.document.AccountId;
import dev.callflow.core.document.DocumentType;
import dev.callflow.core.document.EditableStore;
import dev.callflow.core.document.Json;
import dev.callflow.core.document.StoredDocument;
import dev.callflow.core.document.WriteResult;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import tools.jackson.databind.node.ObjectNode;

/**
 * Moves what user documents from elsewhere contain of passwords into the {@link Credentials}: the
 * digests that Kazoo keeps, and passwords in clear text.
 */
public final class ImportedPasswords {

  private static final Logger LOG = LoggerFactory.getLogger(ImportedPasswords.class);

  private static final int PAGE = 100;
  private static final String PASSWORD = "password";
  private static final Map<String, Digest.Method> KAZOO =
      Map.of("pvt_md5_auth", Digest.Method.MD5, "pvt_sha1_auth", Digest.Method.SHA1);

  private final EditableStore store;
  private final Credentials credentials;

  /**
   * Creates the task.
   *
   * @param store the store of the users
   * @param credentials keeps what logins are checked with
   */
  public ImportedPasswords(EditableStore store, Credentials credentials) {
    this.store = store;
    this.credentials = credentials;
  }

  /**
   * Moves the passwords of all users. Blocks for some tenths of a second for each user who has one.
   *
   * @return the number of users whose passwords were moved
   */
  public int move() {
    int moved = 0;
    for (AccountId account : store.accounts()) {
      Optional<String> from = Optional.empty();
      List<StoredDocument> page;
      do {
        page = store.page(account, DocumentType.USER, from, true, PAGE);
        for (StoredDocument user : page) {
          // The first document of a page is the last of the page before.
          if (!from.equals(Optional.of(user.document().id())) && move(account, user)) {
            moved++;
          }
        }
        from = page.isEmpty() ? from : Optional.of(page.getLast().document().id());
      } while (page.size() == PAGE);
    }
    return moved;
  }

  private boolean move(AccountId account, StoredDocument user) {
    ObjectNode body = user.document().body();
    String id = user.document().id();
    List<Digest> digests = digests(body);
    if (digests.isEmpty()) {
      return false;
    }
    if (!credentials.setDigests(account, id, digests)) {
      LOG.warn(
          "user {} of {}: the password was not moved, because too many logins wait", id, account);
      return false;
    }
    ObjectNode rest = body.deepCopy();
    rest.remove(PASSWORD);
    rest.remove(KAZOO.keySet());
    WriteResult result = store.replace(account, DocumentType.USER, id, rest, user.revision());
    if (!(result instanceof WriteResult.Written)) {
      LOG.warn(
          "user {} of {}: the password is checked, but is still in the document, because the"
              + " document could not be changed",
          id,
          account);
    }
    return true;
  }

  private static List<Digest> digests(ObjectNode user) {
    Optional<String> password = Json.text(user, PASSWORD);
    Optional<String> name = Json.text(user, "username");
    List<Digest> digests = new ArrayList<>();
    if (password.isPresent() && name.isPresent()) {
      for (Digest.Method method : Digest.Method.values()) {
        digests.add(Digest.of(method, name.get(), password.get()));
      }
      return digests;
    }
    KAZOO.forEach((key, method) ->
        Json.text(user, key).flatMap(hex -> Digest.read(method, hex)).ifPresent(digests::add));
    return digests;
  }
}
