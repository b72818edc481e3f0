package dev.callflow.esl;

/**
 * How large a frame may be.
 *
 * @param head bytes of its headers; the answer to {@code connect} has tens of kilobytes of them
 * @param body bytes of its body; listings can have tens of megabytes
 */
record FrameLimits(int head, int body) {

  static final FrameLimits DEFAULT = new FrameLimits(1 << 20, 64 << 20);
}
