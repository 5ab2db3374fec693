import CPangoCairo
import Foundation

/// What GLib, under Pango, ends a program for, such as a thread that it cannot have.
public enum GraphicsFault {
  /// Such an end is told in one sentence with exit code 2; without this it is a signal. What GLib merely complains of is
  /// left to it.
  public static func tell() {
    g_log_set_default_handler(
      { domain, level, message, context in
        guard level.rawValue & G_LOG_LEVEL_ERROR.rawValue != 0 else {
          g_log_default_handler(domain, level, message, context)
          return
        }
        let text = message.map { String(cString: $0) } ?? "no reason was given"
        FileHandle.standardError.write(Data("ropescope: the graphics library gives up: \(text)\n".utf8))
        _exit(2)
      }, nil)
  }
}
