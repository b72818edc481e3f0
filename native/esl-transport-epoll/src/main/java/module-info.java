/** Lets the event socket use Linux's epoll through Netty's native library. */
module dev.callflow.esl.epoll {
  requires dev.callflow.esl;
  requires io.netty.transport;
  requires io.netty.transport.classes.epoll;
  // They contain only the libraries, one for each architecture.
  requires io.netty.transport.epoll.linux.aarch_64;
  requires io.netty.transport.epoll.linux.x86_64;

  provides dev.callflow.esl.runtime.NetworkProvider with
      dev.callflow.esl.epoll.EpollNetworks;
}
