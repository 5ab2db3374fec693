import Foundation
import RopeTensors

/// Expands tensors to the type of the forward pass, holding each shape against the decoder first.
struct WeightReader<Scalar: ForwardScalar>: Sendable {
  typealias Block = BlockWeights<Scalar>

  /// What is done with the tensors that are asked for.
  enum Mode {
    /// Shapes are looked at, nothing is allocated.
    case check
    case read
  }

  let weights: any WeightSource
  let naming: WeightNaming
  let decoder: Decoder
  /// Of the matrices.
  let precision: ProductPrecision
  var mode = Mode.read
  /// Names of the tensors that were asked for.
  let asked = AskedNames()

  init(
    _ weights: any WeightSource, _ decoder: Decoder, naming: WeightNaming, precision: ProductPrecision
  ) throws(InferenceError) {
    self.weights = weights
    self.precision = precision
    self.decoder = decoder
    self.naming = naming
    guard place(.embedding) != nil else {
      throw .unsupported(
        "the weights hold no token embedding under a name that is known (such as \(naming.candidates(.embedding, layer: 0, expert: nil)[0]).weight)"
      )
    }
  }

  /// Holds the shapes of all tensors against the decoder, so that nothing is allocated on a configuration's word, and
  /// looks for tensors that nobody reads in files that have no others.
  ///
  /// - Throws: `InferenceError.shape`, `.weights` for a tensor that is missing, `.unsupported` for one that is not read.
  func checkShapes() throws(InferenceError) {
    var checking = self
    checking.mode = .check
    for name in [try embeddingName(), try outputHeadName()] {
      try checking.check(name, shape: [decoder.vocabularySize, decoder.hiddenSize])
    }
    if decoder.hasHeadBias { _ = try checking.headBias() }
    if let positions = decoder.learnedPositions {
      try checking.check(try name(.positions), shape: [positions, decoder.hiddenSize])
    }
    _ = try checking.finalNorm()
    if decoder.tokenInput != nil { _ = try checking.tokenInputs() }
    for (index, layer) in decoder.layers.enumerated() {
      _ = try checking.block(index)
      _ = try checking.sinks(index)
      for expert in 0..<(layer.feedForward.mixture?.experts ?? 0) { _ = try checking.expert(index, expert) }
    }
    guard naming.isStored else { return }
    let unread = weights.tensorNames.filter {
      !asked.contains($0) && !Self.readElsewhere.contains($0) && !isBeyondLayers($0)
    }
    guard let first = unread.first else { return }
    throw .unsupported(
      "the file holds \(unread.count) tensors that are not read and may change the result, “\(first)” among them")
  }

  /// Whether a tensor is of a block after the model's layers, which guesses further tokens.
  private func isBeyondLayers(_ name: String) -> Bool {
    let parts = name.split(separator: ".")
    guard parts.count > 1, parts[0] == "blk", let block = Int(parts[1]), block >= decoder.layers.count else {
      return false
    }
    return weights.tensorNames.contains { $0.hasPrefix("blk.\(block).nextn.") }
  }

  /// Factors of frequencies, which are part of the rotation.
  private static var readElsewhere: Set<String> {
    ["rope_freqs.weight", "rope_factors_long.weight", "rope_factors_short.weight"]
  }

  // MARK: Names

  /// The full name of a role's tensor; nil where the file has none.
  func place(_ role: WeightRole, _ layer: Int = 0, expert: Int? = nil, ending: String = ".weight") -> String? {
    for name in naming.candidates(role, layer: layer, expert: expert) {
      for full in [name + ending, ending == ".weight" ? name : name + ending.replacing(".", with: "_")]
      where weights.contains(full) { return full }
    }
    return nil
  }

  func name(
    _ role: WeightRole, _ layer: Int = 0, expert: Int? = nil, ending: String = ".weight"
  ) throws(InferenceError) -> String {
    if let name = place(role, layer, expert: expert, ending: ending) { return name }
    let wanted = (naming.candidates(role, layer: layer, expert: expert).first ?? role.rawValue) + ending
    if naming.isStored, role == .gate || role == .up || role == .down, place(.router, layer) != nil {
      throw .unsupported(
        "the file holds a mixture of experts, which its architecture is not known to be; it cannot be run")
    }
    throw .weights(.missing(name: wanted, known: weights.tensorNames))
  }

  func embeddingName() throws(InferenceError) -> String { try name(.embedding) }

  /// The tensor of the output head: the embedding where it may be that and the file holds no other.
  func outputHeadName() throws(InferenceError) -> String {
    if let own = place(.outputHead) { return own }
    return decoder.tiesEmbeddings ? try embeddingName() : try name(.outputHead)
  }

  // MARK: Reading

  /// Rows of a matrix whose shape was checked.
  func rows(
    _ name: String, _ rows: Range<Int>, columns: Int, into result: UnsafeMutablePointer<Scalar>
  ) throws(InferenceError) {
    let count = rows.count * columns
    do throws(TensorError) {
      if let floats = result as? UnsafeMutablePointer<Float> {
        try weights.readFloat32(name, rows: rows, into: UnsafeMutableBufferPointer(start: floats, count: count))
        return
      }
      let floats = Buffer<Float>(count)
      try weights.readFloat32(name, rows: rows, into: UnsafeMutableBufferPointer(start: floats.pointer, count: count))
      Scalar.widened(UnsafeBufferPointer(start: floats.pointer, count: count), into: result)
    } catch {
      throw .weights(error)
    }
  }

  func check(_ name: String, shape expected: [Int]) throws(InferenceError) {
    asked.add(name)
    let found: [Int]
    do { found = try weights.shape(of: name) } catch { throw .weights(error) }
    guard found == expected || found.filter({ $0 != 1 }) == expected.filter({ $0 != 1 }) && found.count < expected.count
    else { throw .shape(tensor: name, found: found, expected: expected) }
  }

  /// A tensor with as many numbers as its shape says.
  func tensor(_ name: String, shape: [Int]) throws(InferenceError) -> Buffer<Scalar> {
    try check(name, shape: shape)
    guard mode == .read else { return Buffer(0) }
    let result = Buffer<Scalar>(shape.reduce(1, *)), columns = shape.last ?? 1
    try rows(name, 0..<(shape.dropLast().reduce(1, *)), columns: columns, into: result.pointer)
    return result
  }

  /// The matrix of a role as `[outputs, inputs]`.
  func matrix(_ role: WeightRole, _ layer: Int, _ outputs: Int, _ inputs: Int) throws(InferenceError) -> Buffer<Scalar>
  {
    let isTransposed = naming.transposed.contains(role)
    let stored = try tensor(try name(role, layer), shape: isTransposed ? [inputs, outputs] : [outputs, inputs])
    return isTransposed ? transposed(stored, rows: inputs, columns: outputs) : stored
  }

  /// What products read.
  func product(_ rows: Buffer<Scalar>, columns: Int) -> ProductMatrix<Scalar> {
    ProductMatrix(rows, inputs: columns, precision: precision)
  }

  func stacked(
    _ parts: [(role: WeightRole, rows: Int)], _ layer: Int, columns: Int, hasBias: Bool
  ) throws(InferenceError) -> Block.Matrix {
    let rows = try stackedRows(parts, layer, columns: columns, hasBias: hasBias)
    return .init(weight: product(rows.weight, columns: columns), bias: rows.bias)
  }

  /// Matrices one below the other. A file of llama.cpp may have the biases of some of them; the others are 0.
  func stackedRows(
    _ parts: [(role: WeightRole, rows: Int)], _ layer: Int, columns: Int, hasBias: Bool
  ) throws(InferenceError) -> (weight: Buffer<Scalar>, bias: Buffer<Scalar>?) {
    let rows = parts.reduce(0) { $0 + $1.rows }
    let hasAny = naming.isStored ? parts.contains { place($0.role, layer, ending: ".bias") != nil } : hasBias
    let weight = Buffer<Scalar>(mode == .read ? rows * columns : 0)
    let bias = hasAny ? Buffer<Scalar>(mode == .read ? rows : 0) : nil
    var row = 0
    for (role, count) in parts {
      let part = try matrix(role, layer, count, columns)
      (weight.pointer + row * columns).update(from: part.pointer, count: part.count)
      if let bias {
        if naming.isStored, place(role, layer, ending: ".bias") == nil {
          if mode == .read { (bias.pointer + row).update(repeating: 0, count: count) }
        } else {
          let part = try tensor(try name(role, layer, ending: ".bias"), shape: [count])
          (bias.pointer + row).update(from: part.pointer, count: part.count)
        }
      }
      row += mode == .read ? count : 0
    }
    return (weight, bias)
  }

  func transposed(_ matrix: Buffer<Scalar>, rows: Int, columns: Int) -> Buffer<Scalar> {
    guard mode == .read else { return matrix }
    let result = Buffer<Scalar>(matrix.count)
    for row in 0..<rows {
      for column in 0..<columns { result.pointer[column * rows + row] = matrix.pointer[row * columns + column] }
    }
    return result
  }

  func norm(
    _ role: WeightRole, _ layer: Int, _ shape: Int..., by norm: NormDescription?
  ) throws(InferenceError) -> Block.Norm? {
    guard let norm else { return nil }
    let count = shape.reduce(1, *)
    let weight: Buffer<Scalar>
    if norm.hasWeight {
      weight = try tensor(try name(role, layer), shape: shape)
    } else {
      weight = Buffer(count)
      weight.pointer.update(repeating: 1, count: count)
    }
    let offset = Scalar(naming.isStored ? 0 : norm.offset)
    if offset != 0, mode == .read { for i in 0..<count { weight.pointer[i] += offset } }
    let bias = norm.hasBias ? try tensor(try name(role, layer, ending: ".bias"), shape: shape) : nil
    return .init(kind: norm.kind, epsilon: Scalar(norm.epsilon), weight: weight, bias: bias)
  }

  /// The numbers of a short tensor.
  func numbers(_ role: WeightRole, _ layer: Int, _ count: Int, ending: String = ".weight") throws(InferenceError)
    -> [Scalar]
  {
    try tensor(try name(role, layer, ending: ending), shape: [count]).array()
  }
}

/// Names that were asked for, by whoever asked.
final class AskedNames: @unchecked Sendable {
  private let lock = NSLock()
  private var names: Set<String> = []

  func add(_ name: String) { lock.withLock { _ = names.insert(name) } }
  func contains(_ name: String) -> Bool { lock.withLock { names.contains(name) } }
}
