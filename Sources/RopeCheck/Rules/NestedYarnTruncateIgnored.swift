import RopeMath
import RopeText

enum NestedYarnTruncateIgnored: Rule {
  static let card = RuleCard(
    "nested-yarn-truncate-ignored", .note, "truncate inside a layer type's dictionary is not read",
    why: "transformers reads it from the outer dictionary, so the ramp's ends are rounded all the same.",
    fix: "Do not count on it; compare the frequencies with the training code's.",
    references: ["transformers 5.23 modeling_rope_utils.py, _compute_yarn_parameters"],
    failing: [
      RuleExample(
        """
        {"head_dim": 64, "max_position_embeddings": 131072, "rope_parameters": {"full_attention": {"rope_type": "yarn", \
        "rope_theta": 150000, "factor": 32.0, "original_max_position_embeddings": 4096, "truncate": false}}}
        """)
    ],
    passing: [
      RuleExample(
        """
        {"head_dim": 64, "max_position_embeddings": 131072, "rope_theta": 150000, "rope_scaling": {"rope_type": "yarn", \
        "factor": 32.0, "original_max_position_embeddings": 4096, "truncate": false}}
        """)
    ])

  static let needs: [RuleNeed] = [.scaling]

  static func check(_ subject: CheckSubject) -> [Finding] {
    subject.scalings.compactMap { scaling in
      guard let layer = scaling.layer, scaling.isYarn, let place = scaling.dictionary.member("truncate"),
        place.node.boolean == false
      else { return nil }
      let gap = subject.difference(
        subject.plan(subject.yarn(scaling)), from: subject.plan(subject.yarn(scaling, truncates: false)))
      let cost: Message = gap.map { ": \($0)" } ?? " to whole pairs"
      return subject.finding(
        card, at: place,
        """
        truncate: false inside \(layer) is not read by transformers 5, which rounds the ramp's ends \
        outward\(cost). Check which of the two the weights were trained with
        """)
    }
  }
}
