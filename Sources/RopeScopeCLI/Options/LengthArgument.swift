import ArgumentParser
import RopeMath

/// A number of tokens on the command line: `4096`, `4k`, `128K`, `1M`.
struct LengthArgument: ExpressibleByArgument, Sendable {
  let tokens: Int

  init?(argument: String) {
    guard let tokens = TokenCount.parse(argument) else { return nil }
    self.tokens = tokens
  }

  static var defaultCompletionKind: CompletionKind { .list(["8k", "16k", "32k", "64k", "128k", "256k", "1M"]) }
}
