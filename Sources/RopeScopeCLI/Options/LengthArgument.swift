import ArgumentParser
import RopeMath

/// A number of tokens on the command line: `4096`, `4k`, `128K`, `1M`.
struct LengthArgument: Sendable {
  let tokens: Int

  /// - Throws: `ValidationError` that says what a length looks like.
  static func parse(_ text: String) throws -> LengthArgument {
    guard let tokens = TokenCount.parse(text) else {
      throw ValidationError("“\(text)” is no length; write 4096, 4k, 128k or 1M, at most 2^40 tokens")
    }
    return LengthArgument(tokens: tokens)
  }

  fileprivate static var completion: CompletionKind { .list(["8k", "16k", "32k", "64k", "128k", "256k", "1M"]) }

  /// The names of an option; the property's own where there are none.
  fileprivate static func specification(_ names: [String]) -> NameSpecification {
    names.isEmpty ? .long : NameSpecification(names.map { .customLong($0) })
  }
}

extension Option where Value == LengthArgument? {
  /// An option that takes a length.
  init(length help: ArgumentHelp, names: [String] = []) {
    self.init(
      name: LengthArgument.specification(names), help: help, completion: LengthArgument.completion,
      transform: LengthArgument.parse)
  }
}

extension Option where Value == LengthArgument {
  /// An option that must be given.
  init(length help: ArgumentHelp, names: [String]) {
    self.init(
      name: LengthArgument.specification(names), help: help, completion: LengthArgument.completion,
      transform: LengthArgument.parse)
  }
}
