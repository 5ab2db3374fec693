/// One thing that can be wrong with a configuration and its surroundings.
///
/// A conforming type is one file: its card, with examples that are its tests, and its condition. It joins the product by
/// one line in `RuleCatalogue`.
public protocol Rule: Sendable {
  static var card: RuleCard { get }

  /// What the rule cannot judge without; a reading of the configuration where it names nothing else.
  static var needs: [RuleNeed] { get }

  /// Rules whose findings follow from this one's: where it speaks, they are silent.
  static func consequences(in subject: CheckSubject) -> [any Rule.Type]

  /// What the rule finds; empty where it has nothing to say. A rule never fails: what it cannot read is another rule's
  /// matter.
  static func check(_ subject: CheckSubject) -> [Finding]
}

extension Rule {
  static var needs: [RuleNeed] { [.reading] }
  static func consequences(in subject: CheckSubject) -> [any Rule.Type] { [] }
}
