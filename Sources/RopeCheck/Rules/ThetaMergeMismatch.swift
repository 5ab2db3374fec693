import RopeConfig
import RopeJSON
import RopeMath

enum ThetaMergeMismatch: Rule {
  private static func example(_ other: String) -> RuleExample {
    RuleExample(
      #"{"model_type": "llama", "max_position_embeddings": 8192, "rope_theta": 500000.0}"#,
      facts: Facts(
        yaml: """
          merge_method: linear
          models:
            - model: meta-llama/Meta-Llama-3-8B
            - model: \(other)

          """))
  }

  static let card = RuleCard(
    "theta-merge-mismatch", .error, "Models of different rotation are merged",
    why: "Their weights live in different frequency spaces: the mean of the two fits neither.",
    fix: "Merge models of one base and scaling, or add task vectors to the long one.",
    references: ["arcee-ai/mergekit#325", "arcee-ai/mergekit#667"],
    failing: [example("Qwen/Qwen2.5-7B")],
    passing: [example("meta-llama/Meta-Llama-3-8B-Instruct")])

  static let needs: [RuleNeed] = [.options]

  static func check(_ subject: CheckSubject) -> [Finding] {
    guard let method = subject.option("merge_method"), let list = subject.option("models", "slices") else { return [] }
    let names =
      models(in: list.node)
      + [subject.option("base_model")?.node.string].compactMap { $0 }
    let models = names.compactMap { name in PublishedModel.named(name).map { (name: name, model: $0) } }
    guard let first = models.first,
      let other = models.first(where: { abs($0.model.base / first.model.base - 1) > 0.01 })
    else { return [] }
    let bases = [first.model.base, other.model.base]
    return [
      subject.finding(
        card, at: method, or: subject.thetaPlace,
        """
        \(first.name) turns with theta \(Phrase.tokens(bases[0])), \(other.name) with \(Phrase.tokens(bases[1])), \
        \(Phrase.ratio(max(bases[0] / bases[1], bases[1] / bases[0]))) × apart: their mean fits neither. Merge models of \
        one base
        """)
    ]
  }

  /// Models of a list, also of the sources of slices.
  private static func models(in list: JSONNode) -> [String] {
    (list.elements ?? []).flatMap { element in
      [element.member("model")?.node.string].compactMap { $0 }
        + (element.member("sources").map { models(in: $0.node) } ?? [])
    }
  }
}
