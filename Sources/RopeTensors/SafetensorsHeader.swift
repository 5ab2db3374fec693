import RopeJSON
import RopeText

/// What a safetensors header says, before it is believed.
struct SafetensorsHeader {
  struct Claim {
    let type: ElementType
    let shape: [Int]
    let offsets: [Int]
  }

  private(set) var metadata: [String: String] = [:]
  private var claims: [String: Claim] = [:]

  mutating func parse(_ bytes: [UInt8]) throws(TensorError) {
    var reader = JSONReader(bytes)
    do throws(JSONFault) {
      try read(&reader)
    } catch { throw .header(error.sentence("its header", from: 8)) }
  }

  private mutating func read(_ reader: inout JSONReader) throws(JSONFault) {
    var metadata: [String: String] = [:]
    var claims: [String: Claim] = [:]
    var hasMetadata = false
    try reader.object { (reader, name) throws(JSONFault) in
      if name == "__metadata__" {
        guard !hasMetadata else { throw reader.problem("__metadata__ twice") }
        hasMetadata = true
        try reader.object { (reader, key) throws(JSONFault) in metadata[key] = try reader.text() }
      } else {
        guard claims[name] == nil else { throw reader.problem("the tensor “\(name.excerpt())” twice") }
        claims[name] = try Self.claim(&reader, of: name)
      }
    }
    try reader.end()
    self.metadata = metadata
    self.claims = claims
  }

  private static func claim(_ reader: inout JSONReader, of name: String) throws(JSONFault) -> Claim {
    var type: ElementType?
    var shape: [Int]?
    var offsets: [Int]?
    try reader.object { (reader, key) throws(JSONFault) in
      switch key {
      case "dtype":
        let text = try reader.text()
        type = ElementType(rawValue: text)
        guard type != nil else {
          throw JSONFault("the dtype “\(text.excerpt())” of tensor “\(name.excerpt())” is not known")
        }
      case "shape": shape = try reader.wholeNumbers()
      case "data_offsets": offsets = try reader.wholeNumbers()
      default: throw JSONFault("tensor “\(name.excerpt())” has the unknown key “\(key.excerpt())”")
      }
    }
    guard let type, let shape, let offsets else {
      throw JSONFault("tensor “\(name.excerpt())” lacks dtype, shape or data_offsets")
    }
    return Claim(type: type, shape: shape, offsets: offsets)
  }

  /// The entries, with their places in the file: the data area from `start` to `end` must be covered once.
  func placed(from start: Int, to end: Int) throws(TensorError) -> [String: Safetensors.Entry] {
    var entries: [String: Safetensors.Entry] = [:]
    for (name, claim) in claims.sorted(by: { $0.key < $1.key }) {
      entries[name] = try Self.entry(name, claim, from: start, to: end)
    }
    var covered = start
    let inOrder = entries.sorted { left, right in
      let (a, b) = (left.value.bytes, right.value.bytes)
      return (a.lowerBound, a.upperBound, left.key) < (b.lowerBound, b.upperBound, right.key)
    }
    for (name, entry) in inOrder {
      guard entry.bytes.lowerBound == covered else {
        let fault = entry.bytes.lowerBound < covered ? "overlaps the tensor before it" : "leaves a gap before it"
        throw .header(
          "tensor “\(name.excerpt())” \(fault): its bytes begin at \(entry.bytes.lowerBound), expected \(covered)")
      }
      covered = entry.bytes.upperBound
    }
    guard covered == end else { throw .header("its tensors end at byte \(covered), the file at \(end)") }
    return entries
  }

  private static func entry(
    _ name: String, _ claim: Claim, from start: Int, to end: Int
  ) throws(TensorError) -> Safetensors.Entry {
    guard claim.offsets.count == 2, claim.offsets[0] <= claim.offsets[1], claim.offsets[1] <= end - start else {
      throw .header(
        "data_offsets of tensor “\(name.excerpt())” are \(claim.offsets.prefix(8)), expected two, in order, within the \(end - start) bytes"
          + " of data")
    }
    let size = claim.offsets[1] - claim.offsets[0]
    guard let count = Tensor<UInt8>.count(of: claim.shape), claim.shape.count <= 64 else {
      throw .header("tensor “\(name.excerpt())” has the impossible shape \(claim.shape.prefix(8))")
    }
    let (bits, overflow) = count.multipliedReportingOverflow(by: claim.type.bitWidth)
    guard !overflow, bits.isMultiple(of: 8), bits / 8 == size else {
      throw .header(
        "tensor “\(name.excerpt())” of shape \(claim.shape) and dtype \(claim.type.rawValue) does not fill its \(size) bytes"
      )
    }
    return Safetensors.Entry(
      type: claim.type, shape: claim.shape, bytes: start + claim.offsets[0]..<start + claim.offsets[1])
  }
}
