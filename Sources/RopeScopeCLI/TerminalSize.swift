import Foundation

/// The size of the terminal that the process writes to.
enum TerminalSize {
  /// Nil where neither the output nor standard error is a terminal that tells it.
  static var columns: Int? {
    for descriptor: Int32 in [1, 2] {
      var size = winsize()
      if ioctl(descriptor, UInt(TIOCGWINSZ), &size) == 0, size.ws_col > 0 { return Int(size.ws_col) }
    }
    return nil
  }
}
