import RopeInference

/// What a plan wants measured of each model with weights, under the methods of each case.
package struct EvaluationPlan: Sendable, Equatable {
  package struct Perplexity: Sendable, Equatable {
    /// What is read: a UTF-8 text, or a JSON list of token ids.
    package var source: Source
    /// Window lengths, tokens.
    package var lengths: [Int]
    /// Tokens between windows; nil for the window's length.
    package var stride: Int?
    /// Windows at most; nil for all that the text has.
    package var windows: Int?
  }

  package enum Source: Sendable, Equatable {
    case text(String)
    case tokenIDs(String)

    package var path: String {
      switch self {
      case .text(let path), .tokenIDs(let path): path
      }
    }
  }

  package struct Passkey: Sendable, Equatable {
    /// Prose that the number is hidden in.
    package var text: String
    /// Prompt lengths, tokens.
    package var lengths: [Int]
    /// 0 … 1.
    package var depths: [Double]
    package var trials: Int
  }

  package var perplexity: Perplexity?
  package var passkey: Passkey?

  /// Files that the evaluations read.
  package var files: [String] {
    var files: [String] = []
    for path in [perplexity?.source.path, passkey?.text] {
      if let path, !files.contains(path) { files.append(path) }
    }
    return files
  }

  init(_ node: PlanNode) throws(BatchError) {
    let members = try node.members(["perplexity", "passkey"])
    guard !members.isEmpty else { throw node.error("evaluations names none; there are perplexity and passkey") }
    perplexity = try members["perplexity"].map { node throws(BatchError) in try Perplexity(node) }
    let prose: String? = if case .text(let path)? = perplexity?.source { path } else { nil }
    passkey = try members["passkey"].map { node throws(BatchError) in try Passkey(node, prose: prose) }
  }
}

extension EvaluationPlan.Perplexity {
  init(_ node: PlanNode) throws(BatchError) {
    let members = try node.members(["text", "token_ids", "lengths", "stride", "windows"])
    switch (members["text"], members["token_ids"]) {
    case (let text?, nil): source = .text(try text.text())
    case (nil, let ids?): source = .tokenIDs(try ids.text())
    default: throw node.error("perplexity needs either text: FILE or token_ids: FILE")
    }
    lengths = try members.lengths(of: node)
    guard lengths.allSatisfy({ $0 >= 2 }) else { throw node.error("a window of 1 token has nothing to predict") }
    stride = try members["stride"].map { node throws(BatchError) in try node.tokens() }
    windows = try members["windows"].map { node throws(BatchError) in try node.whole(in: 1...1_000_000) }
    if let stride, let shortest = lengths.min(), stride > shortest {
      throw (members["stride"] ?? node).error(
        "the stride is \(stride), more than the shortest window of \(shortest) tokens")
    }
  }
}

extension EvaluationPlan.Passkey {
  init(_ node: PlanNode, prose: String?) throws(BatchError) {
    let members = try node.members(["text", "lengths", "depths", "trials"])
    guard let text = try members["text"].map({ node throws(BatchError) in try node.text() }) ?? prose else {
      throw node.error("passkey needs prose to hide its number in; write text: FILE")
    }
    self.text = text
    lengths = try members.lengths(of: node)
    depths =
      try members["depths"].map { node throws(BatchError) in
        var depths: [Double] = []
        for entry in node.entries {
          guard let depth = Double(try entry.text()), (0...1).contains(depth) else {
            throw entry.error("“\(try entry.text())” is no depth; depths lie in 0 … 1")
          }
          if !depths.contains(depth) { depths.append(depth) }
        }
        guard !depths.isEmpty else { throw node.error("depths is empty") }
        return depths
      } ?? PasskeyEvaluation(lengths: []).depths
    trials = try members["trials"].map { node throws(BatchError) in try node.whole(in: 1...10_000) } ?? 1
  }
}

extension [String: PlanNode] {
  fileprivate func lengths(of node: PlanNode) throws(BatchError) -> [Int] {
    guard let list = self["lengths"] else { throw node.error("lengths is missing; write lengths: [4k, 8k]") }
    var lengths: [Int] = []
    for entry in list.entries {
      let length = try entry.tokens()
      if !lengths.contains(length) { lengths.append(length) }
    }
    guard !lengths.isEmpty else { throw list.error("lengths is empty") }
    return lengths
  }
}
