import RopeInference
import RopeMath

/// What a plan wants measured of each model with weights, under the methods of each case: evaluations of the catalogue by
/// name, with the options that their cards have.
package struct EvaluationPlan: Sendable, Equatable {
  package struct Entry: Sendable, Equatable {
    /// Its name in the catalogue.
    package var id: String
    package var request: EvaluationRequest
    /// Nil where it needs no text.
    package var source: Source?
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

  /// In the order of the catalogue.
  package private(set) var entries: [Entry] = []

  package subscript(id: String) -> Entry? { entries.first { $0.id == id } }

  /// Files that the evaluations read.
  package var files: [String] { entries.compactMap(\.source?.path).distinct() }

  /// Files that each case gets, by evaluation.
  var recordNames: [String] { entries.map { "\($0.id).json" } }

  /// Tokens that a method makes a model read; of a text of unknown length, a window of each length.
  var tokensPerMethod: Double {
    entries.reduce(0) { sum, entry in
      sum + (EvaluationCatalogue.evaluation(named: entry.id)?.init(entry.request).tokensPerMethod ?? 0)
    }
  }

  /// - Parameter seed: the plan's.
  init(_ node: PlanNode, seed: UInt64) throws(BatchError) {
    let kinds = EvaluationCatalogue.all
    let members = try node.members(kinds.map { $0.card.id })
    guard !members.isEmpty else {
      throw node.error(
        "evaluations names none; there are perplexity and passkey, and \(kinds.dropFirst(2).map { $0.card.id }.joined(separator: ", "))"
      )
    }
    // Prose that one evaluation names serves the others too.
    var prose: String?
    for kind in kinds {
      guard let member = members[kind.card.id] else { continue }
      let entry = try Entry(kind, member, prose: prose, seed: seed)
      if prose == nil, !kind.card.options.contains(.items), case .text(let path)? = entry.source { prose = path }
      entries.append(entry)
    }
  }
}

extension EvaluationPlan.Entry {
  /// - Parameter prose: the text of an evaluation before it.
  init(_ kind: any Evaluation.Type, _ node: PlanNode, prose: String?, seed: UInt64) throws(BatchError) {
    let card = kind.card
    let members = try node.members(card.options.map(\.rawValue))
    func value(_ option: EvaluationOption) -> PlanNode? { members[option.rawValue] }
    switch (value(.text) ?? value(.items), value(.tokenIDs)) {
    case (let text?, nil): source = .text(try text.text())
    case (nil, let ids?): source = .tokenIDs(try ids.text())
    case (nil, nil) where card.options.contains(.tokenIDs):
      throw node.error("\(card.id) needs either text: FILE or token_ids: FILE")
    case (nil, nil) where card.options.contains(.items):
      throw node.error("\(card.id) needs items: FILE, a JSON object a line")
    case (nil, nil) where kind == PasskeyEvaluation.self:
      guard let prose else { throw node.error("passkey needs prose to hide its number in; write text: FILE") }
      source = .text(prose)
    case (nil, nil): source = nil
    default: throw node.error("\(card.id) needs either text: FILE or token_ids: FILE")
    }
    id = card.id
    guard let list = members["lengths"] else { throw node.error("lengths is missing; write lengths: [4k, 8k]") }
    let lengths = try list.values { entry throws(BatchError) in try entry.tokens() }
    request = EvaluationRequest(
      lengths: lengths, depths: try value(.depths)?.values { entry throws(BatchError) in try entry.depth() },
      trials: try value(.trials).map { node throws(BatchError) in try node.whole(in: 1...10_000) }, seed: seed,
      stride: try value(.stride).map { node throws(BatchError) in try node.tokens() },
      windows: try value(.windows).map { node throws(BatchError) in try node.whole(in: 1...1_000_000) },
      shortContext: try value(.shortContext).map { node throws(BatchError) in try node.tokens() },
      sharesProse: try value(.sharedProse).map { node throws(BatchError) in try node.flag() },
      questions: try value(.questions).map { node throws(BatchError) in try node.whole(in: 1...1_000) })
    guard kind != PerplexityEvaluation.self || lengths.allSatisfy({ $0 >= 2 }) else {
      throw node.error("a window of 1 token has nothing to predict")
    }
    if let stride = request.stride, let shortest = lengths.min(), stride > shortest {
      throw (value(.stride) ?? node).error(
        "the stride is \(stride), more than the shortest window of \(shortest) tokens")
    }
  }
}

extension PlanNode {
  /// 0 … 1.
  fileprivate func depth() throws(BatchError) -> Double {
    guard let depth = Double(try text()), (0...1).contains(depth) else {
      throw error("“\(try text())” is no depth; depths lie in 0 … 1")
    }
    return depth
  }
}
