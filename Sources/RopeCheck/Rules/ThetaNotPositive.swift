import RopeText

enum ThetaNotPositive: Rule {
  static let card = RuleCard(
    "theta-not-positive", .error, "rope_theta is not a number above 1",
    why: "Logarithms and powers of it fail, and tests for truth skip a 0 and use the default.",
    fix: "Write the base as a number above 1.",
    references: ["NVIDIA/Model-Optimizer#917", "transformers 5.23 modeling_rope_utils.py"],
    failing: [
      RuleExample(#"{"rope_theta": 0}"#), RuleExample(#"{"rope_theta": "10000"}"#),
      RuleExample(#"{"rope_theta": -10000.0}"#),
    ],
    passing: [RuleExample(#"{"rope_theta": 10000}"#)])

  static let needs: [RuleNeed] = [.configuration]

  static func check(_ subject: CheckSubject) -> [Finding] {
    // A list, one base a layer, is read by some classes; where none reads it, the runtime's refusal is reported.
    guard let place = subject.thetaPlace, place.node.elements == nil else { return [] }
    if let theta = place.node.finiteNumber {
      guard theta <= 1 else { return [] }
      let cost: Message =
        theta == 0
        ? "readers that test for truth take 10,000 instead, others divide by 0"
        : theta == 1
          ? "all pairs turn at the same speed, 1 radian a token"
          : theta < 0
            ? "its powers θ^(−2i/d) are no numbers, every logit becomes NaN"
            : "later pairs turn faster than the first, beyond 1 radian a token"
      return [
        subject.finding(
          card, at: place,
          """
          theta is \(place.node.told): \(cost). Write a base above 1, such as 10000
          """)
      ]
    }
    let number = place.node.string.flatMap { Double($0) }
    return [
      subject.finding(
        card, at: place,
        number.map { number in
          """
          theta is \(place.node.told), not a number: readers that do not convert it stop with a type error at the first \
          of their powers θ^(−2i/d). Write \(Phrase.json(number))
          """
        } ?? "theta is \(place.node.told), not a number: load stops. Write a number",
        fix: number.map { Fix("write the number", safe: true, edits: subject.replace(place, with: Phrase.json($0))) })
    ]
  }
}
