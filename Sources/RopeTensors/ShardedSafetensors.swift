import RopeJSON
import RopeText

/// Several safetensors files that hold one model, and the index that says which tensor is in which
/// (`model.safetensors.index.json`, as huggingface_hub writes it).
public struct ShardedSafetensors: WeightSource {
  /// Shards by file name.
  public let shards: [String: Safetensors]
  private let homes: [String: String]

  /// Shards at most; published models have some hundred.
  public static let largestShardCount = 10_000

  /// - Parameters:
  ///   - index: bytes of the index.
  ///   - open: opens a shard by its file name, which is a plain one: no path leaves the index's folder.
  /// - Throws: `TensorError.json` where the index does not read, names a path, or contradicts the shards; what `open`
  ///   throws.
  public init(index: [UInt8], open: (String) throws(TensorError) -> Safetensors) throws(TensorError) {
    var homes: [String: String]?
    var reader = JSONReader(index)
    do throws(JSONFault) {
      try reader.object { (reader, key) throws(JSONFault) in
        guard key == "weight_map" else { return try reader.skipValue() }
        guard homes == nil else { throw reader.problem("weight_map twice") }
        homes = try Self.weightMap(&reader)
      }
      try reader.end()
    } catch { throw .json("not a valid shard index: " + error.sentence("it")) }
    guard let homes else { throw .json("not a valid shard index: it has no “weight_map”") }
    var shards: [String: Safetensors] = [:]
    for name in Set(homes.values).sorted() { shards[name] = try open(name) }
    for (tensor, home) in homes.sorted(by: { $0.key < $1.key }) where shards[home]?.entries[tensor] == nil {
      throw .json("the shard index places tensor “\(tensor.excerpt(80))” in “\(home)”, which does not hold it")
    }
    self.homes = homes
    self.shards = shards
  }

  /// An index and its shards in one folder.
  public init(path: String) throws(TensorError) {
    let file = try MappedFile(path: path)
    guard file.count <= Safetensors.largestHeader else {
      throw .json("it has \(file.count) bytes; a shard index has at most \(Safetensors.largestHeader)")
    }
    let folder = path.lastIndex(of: "/").map { path[...$0] } ?? ""
    try self.init(index: file.array(0..<file.count)) { name throws(TensorError) in
      do throws(TensorError) {
        return try Safetensors(path: folder + name)
      } catch {
        if case .reading = error { throw error }
        throw .json("shard “\(name)”: \(error)")
      }
    }
  }

  private static func weightMap(_ reader: inout JSONReader) throws(JSONFault) -> [String: String] {
    var homes: [String: String] = [:]
    var names: Set<String> = []
    try reader.object { (reader, tensor) throws(JSONFault) in
      let file = try reader.text()
      guard isPlain(file) else {
        throw reader.problem("the file “\(file.excerpt(80))”, expected the plain name of a .safetensors file beside it")
      }
      guard homes.updateValue(file, forKey: tensor) == nil else {
        throw reader.problem("the tensor “\(tensor.excerpt(80))” twice")
      }
      names.insert(file)
      guard names.count <= largestShardCount else { throw reader.problem("more than \(largestShardCount) files") }
    }
    return homes
  }

  private static func isPlain(_ name: String) -> Bool {
    name.hasSuffix(".safetensors") && !name.hasPrefix(".") && name.utf8.count <= 255
      && !name.unicodeScalars.contains { $0 == "/" || $0 == "\\" || $0.value < 0x20 }
  }

  // MARK: Reading

  public var tensorNames: [String] { homes.keys.sorted() }

  public func shape(of name: String) throws(TensorError) -> [Int] { try shard(of: name).shape(of: name) }

  public func readFloat32(
    _ name: String, rows: Range<Int>, into buffer: UnsafeMutableBufferPointer<Float>
  ) throws(TensorError) {
    // The scales of a tensor may be in another shard.
    try shard(of: name).readFloat32(name, rows: rows, into: buffer, scalesFrom: self)
  }

  func shard(of name: String) throws(TensorError) -> Safetensors {
    guard let shard = homes[name].flatMap({ shards[$0] }) else { throw .missing(name: name, known: tensorNames) }
    return shard
  }
}
