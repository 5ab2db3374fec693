import RopeText

/// What a GGUF file says of its tensors, before it is believed.
struct GGUFDirectory {
  private struct Claim {
    let name: String
    let shape: [Int]
    let format: BlockFormat
    let size: Int
    let offset: UInt64
  }

  private var claims: [Claim] = []

  init(_ cursor: inout GGUFCursor, count: Int) throws(TensorError) {
    var names: Set<String> = []
    for _ in 0..<count {
      let name = try cursor.text("a tensor's name")
      guard names.insert(name).inserted else { throw .gguf("the tensor “\(name.excerpt(80))” stands twice in it") }
      claims.append(try Self.claim(name, &cursor))
    }
  }

  private static func claim(_ name: String, _ cursor: inout GGUFCursor) throws(TensorError) -> Claim {
    let title = "tensor “\(name.excerpt(80))”"
    let rank = try cursor.word32("the number of axes of \(title)")
    guard rank <= UInt32(GGUF.largestRank) else {
      throw .gguf("\(title) has \(rank) axes, expected at most \(GGUF.largestRank)")
    }
    var shape: [Int] = []
    for _ in 0..<rank {
      let extent = try cursor.word64("an extent of \(title)")
      guard let extent = Int(exactly: extent) else { throw .gguf("\(title) has the impossible extent \(extent)") }
      shape.insert(extent, at: 0)
    }
    let type = try cursor.word32("the type of \(title)")
    let offset = try cursor.word64("the offset of \(title)")
    guard let format = BlockFormat.table[type] else { throw .gguf("\(title) has the unknown type \(type)") }
    let columns = shape.last ?? 1
    guard columns.isMultiple(of: format.length) else {
      throw .gguf("\(title) has rows of \(columns) numbers, expected a multiple of \(format.length) for \(format.name)")
    }
    guard let count = Tensor<Float>.count(of: shape),
      case (let size, let overflow) = (count / format.length).multipliedReportingOverflow(by: format.byteCount),
      !overflow
    else { throw .gguf("\(title) has the impossible shape \(shape)") }
    return Claim(name: name, shape: shape, format: format, size: size, offset: offset)
  }

  /// The tensors with their places: after the header, aligned, within the file, none over another.
  func placed(after header: Int, fileSize: Int, alignment: Int) throws(TensorError) -> [String: GGUFTensor] {
    // The header lies in the file, so that this does not overflow.
    let start = (header + alignment - 1) / alignment * alignment
    let room = max(0, fileSize - start)
    var tensors: [GGUFTensor] = []
    for claim in claims {
      guard claim.offset.isMultiple(of: UInt64(alignment)) else {
        throw .gguf(
          "tensor “\(claim.name.excerpt(80))” begins at offset \(claim.offset), expected a multiple of \(alignment)")
      }
      guard claim.size <= room, claim.offset <= UInt64(room - claim.size) else {
        throw .gguf(
          "tensor “\(claim.name.excerpt(80))” has \(claim.size) bytes from offset \(claim.offset), but the file has only"
            + " \(room) bytes of data")
      }
      let place = start + Int(claim.offset)
      tensors.append(
        GGUFTensor(name: claim.name, shape: claim.shape, format: claim.format, bytes: place..<place + claim.size))
    }
    let inOrder = tensors.filter { !$0.bytes.isEmpty }.sorted { $0.bytes.lowerBound < $1.bytes.lowerBound }
    for (before, after) in zip(inOrder, inOrder.dropFirst()) where after.bytes.lowerBound < before.bytes.upperBound {
      throw .gguf("tensor “\(after.name.excerpt(80))” overlaps the tensor “\(before.name.excerpt(80))”")
    }
    return Dictionary(uniqueKeysWithValues: tensors.map { ($0.name, $0) })
  }
}
