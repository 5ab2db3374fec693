/// Measured moments of small published models (`ropescope.moments/1`), embedded in the binary, by the model's name.
package enum Statistics {
  package static let files: [String: [UInt8]] = ["smollm2-135m": Array(smolLM2.utf8)]
}
