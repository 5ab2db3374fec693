import RopeJSON

/// Finds the servers and trainers that a text starts: a typed line, a script, a trainer's or server's file, a manifest
/// of containers.
public struct CommandReader {
  let source: SourceText
  /// The file's name, which tells how it is to be read; empty for a typed line.
  let name: String
  /// What is known of the program from elsewhere, such as `vllm` or `llama-factory 0.9.3`.
  let hint: String?
  var commands: [Command] = []
  /// The model of a KAITO workspace, whose options stand in a map beside it.
  var workspaceModel: CommandOption?
  /// Maps of a manifest's variables, by name.
  var maps: [String: JSONNode] = [:]
  /// All of the source, behind a byte-order mark.
  var whole: PlacedText { PlacedText(source.bytes, source.start..<source.bytes.count) }
  /// Whether containers take more words from a variable, as KServe's templates do.
  var takesAdditionalWords = false
  /// Keys that stand twice in one mapping of the file.
  private var repeated: [YAMLReader.RepeatedKey]? = []
  /// What names are set to in a file beside this one.
  let settings: [String: String]
  /// How deep the text that is read stands in the texts of others.
  var level = 0

  private init(_ source: SourceText, name: String, hint: String?, settings: [String: String]) {
    self.source = source
    self.name = name.lowercased()
    self.hint = hint
    self.settings = settings
  }

  /// Every command of a text, in its order; none where it holds nothing of a known format.
  ///
  /// - Parameters:
  ///   - name: the file's name; empty for a line as typed.
  ///   - hint: a runtime's or trainer's name, for a line that does not name its program.
  ///   - settings: variables of the file `.env` beside it, which compositions of containers take.
  /// - Throws: `ConfigurationError` where a file is broken.
  public static func commands(
    in source: SourceText, name: String = "", hint: String? = nil, settings: [String: String] = [:]
  ) throws(ConfigurationError) -> [Command] {
    var reader = CommandReader(source, name: name, hint: hint, settings: settings)
    try reader.run()
    reader.tellRepeated()
    return reader.commands
  }

  /// The file beside one of this name whose variables it takes: `.env` for compositions of containers; nil for others.
  public static func settingsFile(beside name: String) -> String? {
    [".yaml", ".yml"].contains(where: name.hasSuffix) ? ".env" : nil
  }

  /// Variables of a file of `NAME=value` lines.
  public static func settings(in source: SourceText) -> [String: String] {
    let words = ShellReader.read(PlacedText(source.bytes, source.start..<source.bytes.count)).commands
    return words.flatMap(\.environment).reduce(into: [:]) { table, word in
      if let (name, value) = word.assignment { table[name] = value.text }
    }
  }

  /// Tells the keys that stand twice at the command that they belong to.
  private mutating func tellRepeated() {
    for key in repeated ?? [] {
      guard
        let index = commands.firstIndex(where: { $0.bytes.upperBound > key.bytes.lowerBound })
          ?? commands.indices.last
      else { return }
      commands[index].faults.append(
        CommandFault(
          kind: "key-repeated",
          message: """
            “\(key.key.excerpt(40))” stands twice, first in line \(key.firstLine): Python's readers of YAML take the \
            last, those of Go, such as Docker's and Kubernetes', refuse the file. Remove one
            """, bytes: key.bytes))
    }
  }

  /// Whether a file is, by its name, one of a trainer or a server rather than of a model.
  public static func isSettings(_ name: String) -> Bool {
    let lower = name.lowercased()
    return lower.hasPrefix("modelfile") || images.contains(where: lower.hasPrefix) || isMakefile(lower)
      || isJustfile(lower) || applications.contains(lower) || suffixes.contains { lower.hasSuffix($0) }
  }

  private static let suffixes = [
    ".yaml", ".yml", ".toml", ".args", ".sh", ".bash", ".zsh", ".slurm", ".sbatch", ".bat", ".cmd", ".ps1", ".service",
    ".container",
    ".py", ".ipynb", ".ini", ".modelfile", ".dockerfile", ".kcpps", ".properties", ".tf", ".hcl", ".fish", ".plist",
  ]
  /// Names, in small letters, of files in JavaScript that list what pm2 starts.
  private static let applications: Set = [
    "ecosystem.config.js", "ecosystem.config.cjs", "pm2.config.js", "pm2.config.cjs",
  ]
  private static func isJustfile(_ name: String) -> Bool {
    name == "justfile" || name == ".justfile" || name.hasSuffix(".just")
  }
  private static func isMakefile(_ name: String) -> Bool {
    ["makefile", "gnumakefile"].contains(name) || name.hasSuffix(".mk")
  }

  /// Names, in small letters, of files that say what an image starts.
  private static let images = ["dockerfile", "containerfile"]

  private func ends(_ suffixes: String...) -> Bool { suffixes.contains { name.hasSuffix($0) } }

  private mutating func run() throws(ConfigurationError) {
    if name.hasPrefix("modelfile") || ends(".modelfile") {
      readModelfile()
    } else if Self.images.contains(where: name.hasPrefix) || ends(".dockerfile") {
      readDockerfile()
    } else if ends(".yaml", ".yml") {
      let trees = try documents()
      for tree in trees where tree.member("kind")?.node.string == "ConfigMap" {
        if let name = tree.member("metadata")?.node.member("name")?.node.string {
          maps[name] = tree.member("data")?.node
        }
      }
      for tree in trees { readTree(tree.resolvingReferences()) }
      if let workspaceModel {
        for index in commands.indices where commands[index].modelReference == nil {
          commands[index].options.append(workspaceModel)
        }
      }
    } else if ends(".toml") {
      readTree(try TOMLReader.read(source))
    } else if ends(".json", ".kcpps") {
      readTree(try JSONParser.parse(source))
    } else if ends(".py", ".ipynb") {
      readPython()
    } else if ends(".ini") {
      readPresets()
      if commands.isEmpty { readUnit() }
    } else if ends(".tf", ".hcl") {
      readBlocks()
    } else if ends(".properties") {
      readProperties()
    } else if ends(".service", ".container") {
      readUnit()
    } else if ends(".md", ".markdown") {
      readMarkdown()
    } else if ends(".bat", ".cmd") {
      readScript(WindowsScript.batch.shellText(whole))
    } else if Self.isMakefile(name) {
      readScript(MakeScript.shellText(whole))
    } else if ends(".fish") {
      readScript(FishScript.shellText(whole))
    } else if Self.isJustfile(name) {
      readScript(JustScript.shellText(whole))
    } else if Self.applications.contains(name) {
      if let tree = JavaScriptObject.exported(whole) { readTree(tree) }
    } else if ends(".plist") {
      readPropertyList()
    } else if ends(".ps1") {
      readScript(WindowsScript.powerShell.shellText(whole))
    } else {
      readScript(whole)
    }
  }

  // MARK: Trees

  /// The file's documents; `{{NAME}}`, which is to be filled in before YAML reads it, is a text.
  private mutating func documents() throws(ConfigurationError) -> [JSONNode] {
    do throws(ConfigurationError) {
      return try YAMLReader.documents(source, repeated: &repeated)
    } catch {
      var bytes = source.bytes
      for index in bytes.indices.dropLast()
      where bytes[index] == UInt8(ascii: "{") && bytes[index + 1] == UInt8(ascii: "{") {
        bytes[index] = UInt8(ascii: "$")
      }
      repeated = []
      guard bytes != source.bytes,
        let filled = try? YAMLReader.documents(SourceText(bytes: bytes, path: source.path), repeated: &repeated)
      else { throw error }
      return filled
    }
  }

  mutating func readTree(_ tree: JSONNode) {
    if readContainers(tree) { return }
    guard let format = CommandFormats.all.first(where: { $0.document?(tree) == true }) else {
      readRecipes(tree)
      return
    }
    var command = Command(format, source: source, options: options(of: tree, format), bytes: tree.bytes)
    command.tree = tree
    commands.append(command)
  }

  /// Every value of a tree under its path; objects stand for themselves as well.
  func options(of tree: JSONNode, _ format: CommandFormat, under prefix: String = "") -> [CommandOption] {
    (tree.members ?? []).flatMap { member -> [CommandOption] in
      let path = prefix.isEmpty ? CommandOption.path(of: member.key) : prefix + "." + CommandOption.path(of: member.key)
      let bytes = member.keyBytes.lowerBound..<max(member.keyBytes.upperBound, member.node.bytes.upperBound)
      let meaning = format.meaning(of: path)
      guard let text = member.node.string else {
        // A list of keys and values is the same as an object.
        let listed = (member.node.elements ?? []).compactMap { element -> JSONNode.Member? in
          guard let key = element.member("key")?.node, let name = key.string, let value = element.member("value")?.node
          else { return nil }
          return JSONNode.Member(key: name, keyBytes: key.bytes, node: value)
        }
        let object = listed.isEmpty ? nil : JSONNode(value: .object(listed), bytes: member.node.bytes)
        return [CommandOption(meaning, path: path, spelling: member.key, node: member.node, bytes: bytes)]
          + options(of: member.node, format, under: path) + (object.map { options(of: $0, format) } ?? [])
      }
      let content = PlacedText(text, writtenIn: source.bytes, member.node.bytes)
      let isGap = text.contains("{{ ") || text.contains("${") || text.hasPrefix("$")
      // A dictionary given as text is read as the program would read it.
      let isDictionary = text.first == "{" && !isGap
      let word = ShellWord(content: content, bytes: member.node.bytes, isUnknown: isGap)
      return [
        isDictionary || isGap
          ? CommandOption(
            meaning, path: path, spelling: member.key, word: word, from: bytes.lowerBound, syntax: format.syntax,
            source: source)
          : CommandOption(meaning, path: path, spelling: member.key, node: member.node, bytes: bytes)
      ]
    }
  }
}
