extension String {
  /// The same with signs that no line may begin with kept at their numbers: `8 ×`, `12 %`.
  var keepingUnits: String {
    contains("×") || contains("%") ? replacing(" ×", with: "\u{A0}×").replacing(" %", with: "\u{A0}%") : self
  }
}
