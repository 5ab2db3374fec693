extension String {
  /// The same with signs that no line may begin with kept at their numbers: `8 ×`, `12 %`.
  package var keepingUnits: String {
    contains("×") || contains("%") ? replacing(" ×", with: "\u{A0}×").replacing(" %", with: "\u{A0}%") : self
  }

  /// The same with percent signs close to their numbers, as Chinese sets them.
  package var withTightPercentSigns: String {
    contains("%") ? replacing("\u{2009}%", with: "%").replacing("\u{A0}%", with: "%") : self
  }
}
