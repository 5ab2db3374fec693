import RopeText

extension CommandReader {
  /// Fenced blocks of a page: scripts, prompts in front of their lines left away, and Python.
  mutating func readMarkdown() {
    var block = PlacedText(), language: String?, fence = ""
    for line in whole.lines {
      let text = line.text.trimmed
      if let open = language {
        guard text.hasPrefix(fence), text.allSatisfy({ $0 == fence.first }) else {
          let prompt = ["$ ", "> ", "# "].contains { text.hasPrefix($0) } && open == "console" || text.hasPrefix("$ ")
          let skipped = prompt ? line.bytes.prefix { $0 == 0x20 }.count + 2 : 0
          block.append(line.part(min(skipped, line.bytes.count)..<line.bytes.count))
          continue
        }
        readBlock(block, in: open)
        (block, language) = (PlacedText(), nil)
      } else if text.hasPrefix("```") || text.hasPrefix("~~~") {
        fence = String(text.prefix { $0 == text.first })
        language = text.dropFirst(fence.count).lowercased().split { " {,".contains($0) }.first.map(String.init) ?? ""
      }
    }
  }

  private mutating func readBlock(_ block: PlacedText, in language: String) {
    switch language {
    case "", "bash", "sh", "shell", "zsh", "console", "shell-session", "shellsession":
      readScript(block, container: "block", readsLoose: false)
    case "bat", "batch", "cmd": readScript(WindowsScript.batch.shellText(block), container: "block", readsLoose: false)
    case "powershell", "ps1":
      readScript(WindowsScript.powerShell.shellText(block), container: "block", readsLoose: false)
    case "python", "py", "python3": readPython(block)
    default: break
    }
  }
}
