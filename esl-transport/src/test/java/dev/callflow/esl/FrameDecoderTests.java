package dev.callflow.esl;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.callflow.esl.error.EslProtocolException;
import dev.callflow.esl.message.ApiResponse;
import dev.callflow.esl.message.AuthRequest;
import dev.callflow.esl.message.CommandReply;
import dev.callflow.esl.message.DisconnectNotice;
import dev.callflow.esl.message.EslEvent;
import dev.callflow.esl.message.EslMessage;
import dev.callflow.esl.message.LogData;
import dev.callflow.esl.message.RudeRejection;
import dev.callflow.esl.message.UnknownMessage;
import io.netty.buffer.Unpooled;
import io.netty.channel.embedded.EmbeddedChannel;
import io.netty.handler.codec.DecoderException;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class FrameDecoderTests {

  @Test
  void theAnswerToConnectHasNoContentLengthAndIsPercentEncoded() {
    CommandReply reply =
        (CommandReply)
            one(
                """
                Event-Name: CHANNEL_DATA
                Caller-Caller-ID-Name: J%C3%BCrgen%20M
                variable_sip_to: a%3Ab
                Content-Type: command/reply
                Reply-Text: %2BOK%0A
                Control: full

                """);
    assertThat(reply.ok()).isTrue();
    EslEvent data = reply.channelData().orElseThrow();
    assertThat(data.header("caller-caller-id-name")).contains("Jürgen M");
    assertThat(data.variable("sip_to")).contains("a:b");
  }

  @Test
  void otherRepliesAreNotPercentDecoded() {
    CommandReply reply =
        (CommandReply) one("Content-Type: command/reply\nReply-Text: +OK 50%25\n\n");
    assertThat(reply.text()).isEqualTo("+OK 50%25");
    assertThat(reply.channelData()).isEmpty();
  }

  @Test
  void lengthsCountBytesAndBodiesAreUnchanged() {
    ApiResponse response =
        (ApiResponse) one("Content-Type: api/response\nContent-Length: 9\n\nä\n\nö\n\n!");
    assertThat(response.body()).isEqualTo("ä\n\nö\n\n!");
  }

  @Test
  void anEventBodyBeginsAfterTheFirstEmptyLineWhateverItsContentLength() {
    String inner = "Content-Length: 99\nEvent-Name: CUSTOM\nContent-Length: 6\n\na\n\nb\nc";
    EslEvent event =
        (EslEvent)
            one(
                "Content-Length: "
                    + inner.length()
                    + "\nContent-Type: text/event-plain\n\n"
                    + inner);
    assertThat(event.name()).isEqualTo("CUSTOM");
    assertThat(event.body()).isEqualTo("a\n\nb\nc");
  }

  @Test
  void everyOtherKindOfFrameIsDecoded() {
    assertThat(
            all(
                "\n\nContent-Type: auth/request\n\n"
                    + "Content-Type: log/data\nContent-Length: 3\nLog-Level: 7\n\nhi\n"
                    + "Content-Type: text/disconnect-notice\nContent-Disposition: linger\n\n"
                    + "Content-Type: text/rude-rejection\nContent-Length: 2\n\nno"
                    + "Content-Type: text/new\nContent-Length: 1\n\nx"
                    + "no colon here\n\n"))
        .hasExactlyElementsOfTypes(
            AuthRequest.class,
            LogData.class,
            DisconnectNotice.class,
            RudeRejection.class,
            UnknownMessage.class,
            UnknownMessage.class);
  }

  @Test
  void linesMayEndWithCarriageReturns() {
    assertThat(all("Content-Type: auth/request\r\n\r\nContent-Type: auth/request\r\n\r\n"))
        .hasSize(2);
  }

  @Test
  void aLingeringNoticeIsRecognised() {
    DisconnectNotice notice =
        (DisconnectNotice)
            one("Content-Type: text/disconnect-notice\nContent-Disposition: linger\n\n");
    assertThat(notice.lingers()).isTrue();
  }

  @ParameterizedTest
  @ValueSource(strings = {"-1", "+5", "5abc", "", "99999999999999999999", "2147483648", "0x10"})
  void anInvalidContentLengthIsRefused(String length) {
    assertThatThrownBy(
            () -> all("Content-Type: api/response\nContent-Length: " + length + "\n\nxxxxx"))
        .isInstanceOf(DecoderException.class)
        .hasCauseInstanceOf(EslProtocolException.class);
  }

  @Test
  void repeatedContentLengthsMustAgree() {
    assertThat(one("Content-Length: 1\nContent-Length: 1\nContent-Type: api/response\n\nx"))
        .isEqualTo(new ApiResponse("x"));
    assertThatThrownBy(
            () -> all("Content-Length: 1\nContent-Length: 2\nContent-Type: api/response\n\nxx"))
        .hasCauseInstanceOf(EslProtocolException.class);
  }

  @Test
  void aLineWithoutAColonIsIgnored() {
    List<EslMessage> messages =
        all("Content-Type: command/reply\nv=0\nReply-Text: +OK\n\nContent-Type: auth/request\n\n");

    assertThat(messages).hasSize(2);
    assertThat(((CommandReply) messages.getFirst()).text()).isEqualTo("+OK");
    assertThat(messages.getLast()).isInstanceOf(AuthRequest.class);
  }

  @Test
  void invalidUtf8IsReplacedButCountedInOriginalBytes() {
    EmbeddedChannel channel = new EmbeddedChannel(new FrameDecoder(FrameDecoder.Limits.DEFAULT));
    channel.writeInbound(
        Unpooled.copiedBuffer(
            "Content-Type: api/response\nContent-Length: 3\n\na\u00ffbContent-Type: auth/request\n\n",
            StandardCharsets.ISO_8859_1));

    assertThat(((ApiResponse) channel.readInbound()).body()).isEqualTo("a\ufffdb");
    assertThat((EslMessage) channel.readInbound()).isInstanceOf(AuthRequest.class);
  }

  @Test
  void headersOverTheLimitAreRefused() {
    EmbeddedChannel channel =
        new EmbeddedChannel(new FrameDecoder(new FrameDecoder.Limits(100, 1000)));
    assertThatThrownBy(() -> channel.writeInbound(bytes("x".repeat(200))))
        .hasCauseInstanceOf(EslProtocolException.class);
  }

  private static EslMessage one(String text) {
    List<EslMessage> messages = all(text);
    assertThat(messages).hasSize(1);
    return messages.getFirst();
  }

  private static List<EslMessage> all(String text) {
    EmbeddedChannel channel = new EmbeddedChannel(new FrameDecoder(FrameDecoder.Limits.DEFAULT));
    try {
      channel.writeInbound(bytes(text));
      List<EslMessage> messages = new ArrayList<>();
      EslMessage message = channel.readInbound();
      while (message != null) {
        messages.add(message);
        message = channel.readInbound();
      }
      return messages;
    } finally {
      channel.finishAndReleaseAll();
    }
  }

  private static io.netty.buffer.ByteBuf bytes(String text) {
    return Unpooled.wrappedBuffer(text.getBytes(StandardCharsets.UTF_8));
  }
}
