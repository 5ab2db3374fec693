/// What a finding explains of a runtime's behaviour: its refusal, or aspects in which its plan differs.
///
/// A difference that several rules could report is reported once: by the rule that says why.
struct FindingCause: Sendable, Hashable {
  /// The runtime as messages call it.
  let runtime: String
  /// Nil for a refusal.
  let aspects: Set<PlanAspect>?
  /// Whether the place of the finding is where the runtime stumbles, rather than the nearest that is known.
  var isPlaced = true
}
