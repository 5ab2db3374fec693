import RopeReport

/// Where a command's answer goes: standard output, or a file that is written whole.
enum Answer {
  static func give(_ text: String, to path: String, _ console: Console) throws {
    if path == "-" {
      console.print(text)
    } else {
      try OutputFile.write(Array((text + "\n").utf8), to: path)
    }
  }
}
