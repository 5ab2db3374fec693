import Foundation
import RopeTensors

/// The tables of a plan as runtimes keep them: `inv_freq [pairs]` in float64, `cos` and `sin [length, pairs]` in float32
/// with the attention factor multiplied in.
///
/// Angles are taken in float64 and rounded once, so the tables are exact to float32 rounding at every position.
public struct RotaryTables: Sendable {
  public let inverseFrequencies: [Double]
  public let length: Int
  /// Row by row, a position after the other.
  public let cosines: [Float]
  public let sines: [Float]

  public init(inverseFrequencies: [Double], attentionFactor: Double, length: Int) {
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
    self.inverseFrequencies = inverseFrequencies
    self.length = length
    self.cosines = cosines
    self.sines = sines
  }

  public var npz: [UInt8] {
    let shape = [length, inverseFrequencies.count]
    return NumPyArchive.bytes([
      ExportedArray(name: "inv_freq", shape: [inverseFrequencies.count], float64: inverseFrequencies),
      ExportedArray(name: "cos", shape: shape, float32: cosines),
      ExportedArray(name: "sin", shape: shape, float32: sines),
    ])
  }

  public func safetensors() throws(TensorError) -> [UInt8] {
    let shape = [length, inverseFrequencies.count]
    var file = SafetensorsWriter(metadata: SafetensorsWriter.ownMetadata)
    file.add(try Tensor(shape: [inverseFrequencies.count], values: inverseFrequencies), named: "inv_freq")
    file.add(try Tensor(shape: shape, values: cosines), named: "cos")
    file.add(try Tensor(shape: shape, values: sines), named: "sin")
    return file.bytes
  }
}
