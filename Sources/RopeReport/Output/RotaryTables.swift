import Foundation

/// The tables of a plan as runtimes keep them: `inv_freq [pairs]` in float64, `cos` and `sin [length, pairs]` in float32
/// with the attention factor multiplied in.
///
/// Angles are taken in float64 and rounded once, so the tables are exact to float32 rounding at every position.
public enum RotaryTables {
  public static func arrays(
    inverseFrequencies: [Double], attentionFactor: Double, length: Int
  ) -> [ExportedArray] {
    var cosines = [Float](), sines = [Float]()
    cosines.reserveCapacity(length * inverseFrequencies.count)
    sines.reserveCapacity(length * inverseFrequencies.count)
    for position in 0..<length {
      for frequency in inverseFrequencies {
        let angle = Double(position) * frequency
        cosines.append(Float(cos(angle) * attentionFactor))
        sines.append(Float(sin(angle) * attentionFactor))
      }
    }
    let shape = [length, inverseFrequencies.count]
    return [
      ExportedArray(name: "inv_freq", shape: [inverseFrequencies.count], float64: inverseFrequencies),
      ExportedArray(name: "cos", shape: shape, float32: cosines),
      ExportedArray(name: "sin", shape: shape, float32: sines),
    ]
  }
}
