package dev.callflow.esl;

import dev.callflow.esl.message.EslCommand;

/**
 * Gives each kind of command its name for messages and metrics; dashboards depend on these names.
 */
final class CommandKind {

  private CommandKind() {}

  static String of(EslCommand command) {
    return switch (command) {
      case EslCommand.Auth it -> "Auth";
      case EslCommand.UserAuth it -> "UserAuth";
      case EslCommand.Api it -> "Api";
      case EslCommand.BgApi it -> "BgApi";
      case EslCommand.Events it -> "Events";
      case EslCommand.NixEvents it -> "NixEvents";
      case EslCommand.NoEvents it -> "NoEvents";
      case EslCommand.Filter it -> "Filter";
      case EslCommand.FilterDelete it -> "FilterDelete";
      case EslCommand.MyEvents it -> "MyEvents";
      case EslCommand.DivertEvents it -> "DivertEvents";
      case EslCommand.Linger it -> "Linger";
      case EslCommand.NoLinger it -> "NoLinger";
      case EslCommand.Execute it -> "Execute";
      case EslCommand.HangUp it -> "HangUp";
      case EslCommand.NoMedia it -> "NoMedia";
      case EslCommand.Unicast it -> "Unicast";
      case EslCommand.TransferToExtension it -> "TransferToExtension";
      case EslCommand.SendEvent it -> "SendEvent";
      case EslCommand.Log it -> "Log";
      case EslCommand.NoLog it -> "NoLog";
      case EslCommand.GetVar it -> "GetVar";
      case EslCommand.Exit it -> "Exit";
      case EslCommand.Resume it -> "Resume";
      case EslCommand.Connect it -> "Connect";
      case EslCommand.Noop it -> "Noop";
    };
  }
}
