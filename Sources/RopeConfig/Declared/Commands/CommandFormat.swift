import RopeJSON
import RopeText

/// A trainer's or server's way of being told what to do: how it is known, what its options mean, what it makes of them.
///
/// A format is a card: one file, and one line in `CommandFormats.all`.
public struct CommandFormat: Sendable {
  public enum Kind: String, Sendable { case server, trainer }

  /// `llama-factory`
  public let name: String
  /// `LLaMA-Factory`
  public let title: String
  public let kind: Kind
  /// The runtime that reads the effective configuration.
  public let runtime: String?
  /// Programs that are started with its options.
  var programs: [ProgramPattern] = []
  /// Container images whose entrypoint is such a program.
  var images: [String] = []
  /// Whether the images have versions of their own, which are not the program's.
  var hasOwnTags = false
  /// What its options mean, by path.
  var options: [String: CanonicalOption] = [:]
  /// Options that take a second value behind the first, with the path of what it is: `--ropeconfig SCALE BASE`.
  var seconds: [String: String] = [:]
  /// Options whose value is a list of others with commas between them: `--model_args pretrained=X,max_model_len=N`; the
  /// empty name stands for a word without an option.
  var lists: Set<String> = []
  /// Addresses that take its options in the body of a request.
  var endpoints: [String] = []
  /// Where a length is said, for a program whose command line takes none.
  var lengthPlaces: Message?
  /// Options without a value.
  var flags: Set<String> = []
  /// Options that only this program has, by which a line without a program is known.
  var marks: Set<String> = []
  /// What the first word without a dash is.
  var positional: CanonicalOption?
  /// The model's name, where several options make it, or the program's call.
  var model: (@Sendable (Command) -> String?)?
  /// Variables of the environment that stand for options.
  var environment: [String: String] = [:]
  var syntax: CommandOption.ValueSyntax = .json
  /// Whether `a.b=c` is an option.
  var takesAssignments = false
  /// Whether a server takes a context beyond the model's window as it is asked for.
  public var admitsAnyLength = false
  /// Whether a trainer saves the configuration that it trained with.
  public var savesConfiguration = false
  /// Other names of the program, as a context file calls it.
  var aliases: [String] = []
  /// Whether a file's tree is one of this format; nil where it has no files of its own.
  var document: (@Sendable (JSONNode) -> Bool)?
  /// Python calls whose keyword arguments are its options.
  var calls: [PythonCall] = []
  /// Whether its calls in one file are one run, the model in one and the length in another.
  var joinsCalls = false
  /// Names in a Python file that are its options where the file holds a text.
  var variables: (needs: String, names: Set<String>)?
  /// How a server is started, the model in place of `MODEL`; nil where that is not known.
  var start: String?
  /// Options that reach a LENGTH beyond the model's, where a GGUF file's reader has them: a FACTOR that counts from the
  /// ORIGINAL length, its inverse as SCALE, or a raised BASE.
  var stretching: String?
  /// The same as arguments of its Python call, where that has others.
  var stretchingInPython: String?
  /// How it is told what to rotate by, the preferred form first; empty where none is known.
  var forms: [SettingsForm] = []
  /// What the program makes of a model's configuration.
  var effective: @Sendable (EffectiveRequest) throws(ConfigurationError) -> [EffectiveConfiguration] = {
    (request) throws(ConfigurationError) in [request.unchanged()]
  }

  /// Whether its options reach a longer context by another base alone.
  public var raisesBase: Bool { stretching?.contains("BASE") == true }

  /// Whether it has settings in files of their own.
  public var hasFiles: Bool { document != nil }

  func meaning(of path: String) -> CanonicalOption? { options[path] }

  /// A command that starts the server with options.
  public static func line(starting runtime: Runtime, model: String, options: String) -> String? {
    let format = CommandFormats.all.first { $0.name == runtime.name && $0.kind == .server }
    return format?.start.map {
      $0.replacing("MODEL", with: Escaping.shellWord(model)) + (options.isEmpty ? "" : " " + options)
    }
  }

  func isNamed(_ text: String) -> Bool {
    let plain = text.lowercased().filter { $0.isLetter || $0.isNumber }
    return ([name] + aliases).contains { alias in
      let name = alias.filter { $0.isLetter || $0.isNumber }
      return plain == name || plain.hasPrefix(name) && plain.dropFirst(name.count).first?.isNumber == true
    }
  }
}

/// Words that start a program: `vllm serve`, `verl.trainer.main_*`; the first one is compared without its folder.
struct ProgramPattern: Sendable {
  let words: [String]
  /// Whether a word without a dash behind it is the format's positional option.
  var takesPositional = true
  /// Whether it serves requests, rather than answering once.
  var isServer = true

  init(_ words: String..., takesPositional: Bool = true, isServer: Bool = true) {
    self.words = words
    self.takesPositional = takesPositional
    self.isServer = isServer
  }

  /// What a text holds that may start it: the first word, and the next where that starts anything.
  var mark: String {
    guard let first = words.first else { return "" }
    return ["docker", "run"].contains(first) ? words.prefix(2).joined(separator: " ") : first
  }

  /// How many words it takes at an index; nil where it does not stand there.
  func match(_ words: [String], at index: Int) -> Int? {
    guard let first = self.words.first, index + self.words.count <= words.count else { return nil }
    let word = words[index]
    // Most words differ in their first letter, behind their folder.
    let start =
      first.utf8.contains(UInt8(ascii: "/"))
      ? word.startIndex : word.utf8.lastIndex(of: UInt8(ascii: "/")).map(word.utf8.index(after:)) ?? word.startIndex
    guard let one = first.utf8.first, one == UInt8(ascii: "*") || start < word.endIndex && word.utf8[start] == one
    else {
      return nil
    }
    let name = word[start...].hasSuffix(".exe") ? word[start...].dropLast(4) : word[start...]
    guard Self.matches(first, String(name)) else { return nil }
    for offset in self.words.indices.dropFirst() where !Self.matches(self.words[offset], words[index + offset]) {
      return nil
    }
    return self.words.count
  }

  /// `*` stands for any characters.
  static func matches(_ pattern: String, _ text: String) -> Bool {
    guard let star = pattern.firstIndex(of: "*") else { return pattern == text }
    let head = pattern[..<star]
    let tail = String(pattern[pattern.index(after: star)...])
    guard text.hasPrefix(head) else { return false }
    var rest = text.dropFirst(head.count)
    while true {
      if matches(tail, String(rest)) { return true }
      if rest.isEmpty { return false }
      rest = rest.dropFirst()
    }
  }
}

/// A call in a Python file: `FastLanguageModel.from_pretrained(…)`.
struct PythonCall: Sendable {
  /// The call's name, or its end; `*` stands for any characters.
  let name: String
  /// A text that the file must hold.
  let needs: String
  /// What an argument without a name is.
  var positional: String?
  /// Arguments that take a text of JSON, and refuse a dictionary.
  var jsonTexts: Set<String> = []

  /// Arguments whose dictionaries hold options of their own, one within another.
  var spreads: Set<String> = []
  /// Whether it serves requests.
  var isServer = true
  /// An argument without which it is another call of that name.
  var requires: String?
  /// Attributes that are options where they are set on what the call gives: `config.max_seq_len = 8192`.
  var attributes: Set<String> = []

  func isNamed(_ name: String) -> Bool {
    name == self.name || name.hasSuffix("." + self.name) || ProgramPattern.matches(self.name, name)
  }
}
