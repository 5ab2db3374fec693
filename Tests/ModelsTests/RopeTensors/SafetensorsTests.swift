import RopeMath
import RopeTensors
import RopeTestSupport
import Testing

@Suite struct SafetensorsTests {
  /// A file of this header, its length said truly unless told otherwise, and this many bytes of data.
  private func file(_ header: String, data: Int, claimedLength: UInt64? = nil) -> [UInt8] {
    let bytes = Array(header.utf8), length = claimedLength ?? UInt64(bytes.count)
    return (0..<8).map { UInt8(truncatingIfNeeded: length >> (8 * $0)) } + bytes + [UInt8](repeating: 0, count: data)
  }

  private func message(_ bytes: [UInt8]) -> String? {
    do {
      _ = try Safetensors(bytes)
      return nil
    } catch {
      return error.description
    }
  }

  @Test func writtenFilesReadBack() throws {
    let doubles = try Tensor<Double>(shape: [2, 3], values: [0, -1.5, .pi, .leastNonzeroMagnitude, 1e308, -0.0])
    let floats = try Tensor<Float>(shape: [4], values: [1, .pi, -.leastNonzeroMagnitude, .greatestFiniteMagnitude])
    var writer = SafetensorsWriter(metadata: ["act": "silu", "quoted \"\\\n": "é𝄞"])
    writer.add(floats, named: "b")
    writer.add(doubles, named: "a.ode_up_proj")
    writer.add(try Tensor<Double>(shape: [], values: [7]), named: "scalar")
    writer.add(try Tensor<Double>(shape: [0, 5], values: []), named: "empty")
    let read = try Safetensors(writer.bytes)
    #expect(read.names == ["a.ode_up_proj", "b", "empty", "scalar"])
    #expect(read.metadata == writer.metadata)
    #expect(try read.doubles("a.ode_up_proj") == doubles)
    #expect(try read.doubles("a.ode_up_proj").values.map(\.bitPattern) == doubles.values.map(\.bitPattern))
    #expect(try read.floats("b") == floats)
    #expect(try read.doubles("b").values == floats.values.map { Double($0) })
    #expect(try read.doubles("scalar").values == [7])
    #expect(try read.doubles("empty").values.isEmpty)
    #expect(read.entries["b"]?.type == .float32)

    var other = SafetensorsWriter(metadata: writer.metadata)
    other.add(try Tensor<Double>(shape: [0, 5], values: []), named: "empty")
    other.add(try Tensor<Double>(shape: [], values: [7]), named: "scalar")
    other.add(doubles, named: "a.ode_up_proj")
    other.add(floats, named: "b")
    #expect(other.bytes == writer.bytes)
    let headerLength = writer.bytes.prefix(8).reversed().reduce(0) { $0 << 8 | Int($1) }
    #expect(headerLength.isMultiple(of: 8))
  }

  @Test func narrowFloatsAreExact() throws {
    let header =
      #"{"h":{"dtype":"F16","shape":[6],"data_offsets":[0,12]},"b":{"dtype":"BF16","shape":[2],"data_offsets":[12,16]}}"#
    // 1, −2, the smallest subnormal, the largest number, +∞, NaN; then 1 and −3.140625 in bfloat16
    let words: [UInt16] = [0x3C00, 0xC000, 0x0001, 0x7BFF, 0x7C00, 0x7E00, 0x3F80, 0xC049]
    var bytes = file(header, data: 0)
    for word in words { bytes += [UInt8(truncatingIfNeeded: word), UInt8(truncatingIfNeeded: word >> 8)] }
    let read = try Safetensors(bytes)
    let half = try read.doubles("h").values
    #expect(half.prefix(5) == [1, -2, 0x1p-24, 65_504, .infinity])
    #expect(half[5].isNaN)
    #expect(try read.doubles("b").values == [1, -3.140625])
    #expect(throws: TensorError.self) { try read.floats("h") }
  }

  @Test func badFilesAreRefused() throws {
    let fine = #"{"x":{"dtype":"F32","shape":[2],"data_offsets":[0,8]}}"#
    #expect(message(file(fine, data: 8)) == nil)
    let bad: [(String, [UInt8])] = [
      ("empty", []), ("seven bytes", [UInt8](repeating: 0, count: 7)),
      ("header beyond the file", file(fine, data: 8, claimedLength: 1000)),
      ("huge header", file(fine, data: 8, claimedLength: .max)),
      ("header beyond the limit", file(fine, data: 8, claimedLength: 100_000_001)),
      ("no header", file("", data: 0)), ("not an object", file("[]", data: 0)),
      ("unfinished", file(#"{"x":"#, data: 0)),
      ("truncated data", file(fine, data: 7)), ("trailing data", file(fine, data: 9)),
      ("negative offset", file(#"{"x":{"dtype":"F32","shape":[2],"data_offsets":[-8,0]}}"#, data: 8)),
      ("reversed offsets", file(#"{"x":{"dtype":"F32","shape":[2],"data_offsets":[8,0]}}"#, data: 8)),
      ("three offsets", file(#"{"x":{"dtype":"F32","shape":[2],"data_offsets":[0,8,8]}}"#, data: 8)),
      ("fractional offset", file(#"{"x":{"dtype":"F32","shape":[2],"data_offsets":[0,8.5]}}"#, data: 8)),
      ("shape and size differ", file(#"{"x":{"dtype":"F32","shape":[3],"data_offsets":[0,8]}}"#, data: 8)),
      ("dtype and size differ", file(#"{"x":{"dtype":"F64","shape":[2],"data_offsets":[0,8]}}"#, data: 8)),
      (
        "shape overflows", file(#"{"x":{"dtype":"F32","shape":[4611686018427387904,4],"data_offsets":[0,8]}}"#, data: 8)
      ),
      ("bits overflow", file(#"{"x":{"dtype":"F32","shape":[4611686018427387904],"data_offsets":[0,8]}}"#, data: 8)),
      (
        "number overflows", file(#"{"x":{"dtype":"F32","shape":[99999999999999999999],"data_offsets":[0,8]}}"#, data: 8)
      ),
      ("offset of 2^62", file(#"{"x":{"dtype":"F32","shape":[2],"data_offsets":[0,4611686018427387904]}}"#, data: 8)),
      ("unknown dtype", file(#"{"x":{"dtype":"F128","shape":[2],"data_offsets":[0,8]}}"#, data: 8)),
      ("no dtype", file(#"{"x":{"shape":[2],"data_offsets":[0,8]}}"#, data: 8)),
      ("unknown key", file(#"{"x":{"dtype":"F32","shape":[2],"data_offsets":[0,8],"y":[]}}"#, data: 8)),
      (
        "twice",
        file(
          #"{"x":{"dtype":"F32","shape":[2],"data_offsets":[0,8]},"x":{"dtype":"F32","shape":[2],"data_offsets":[0,8]}}"#,
          data: 8)
      ),
      (
        "overlap",
        file(
          #"{"x":{"dtype":"F32","shape":[2],"data_offsets":[0,8]},"y":{"dtype":"F32","shape":[2],"data_offsets":[4,12]}}"#,
          data: 12)
      ),
      (
        "gap",
        file(
          #"{"x":{"dtype":"F32","shape":[1],"data_offsets":[0,4]},"y":{"dtype":"F32","shape":[1],"data_offsets":[8,12]}}"#,
          data: 12)
      ),
      ("metadata of numbers", file(#"{"__metadata__":{"t":1}}"#, data: 0)),
      ("something after the end", file(fine + "x", data: 8)), ("bad escape", file(#"{"\q":{}}"#, data: 0)),
      ("half a surrogate", file(#"{"\ud800":{}}"#, data: 0)),
      (
        "not UTF-8",
        {
          var bytes = file(fine, data: 8); bytes[10] = 0xFF; return bytes
        }()
      ),
    ]
    for (name, bytes) in bad {
      let said = message(bytes)
      #expect(said != nil, "\(name) was accepted")
      #expect(said?.contains("\n") == false && (said?.count ?? 0) > 20, "\(name): \(said ?? "")")
    }
  }

  /// Every prefix, and every single changed byte of the header, of a good file: read or refused, never a crash.
  @Test func damagedFilesNeverCrash() throws {
    var writer = SafetensorsWriter(metadata: ["t": "1"])
    writer.add(try Tensor<Double>(shape: [2, 2], values: [1, 2, 3, 4]), named: "q")
    writer.add(try Tensor<Float>(shape: [3], values: [1, 2, 3]), named: "k")
    let good = writer.bytes
    for length in 0..<good.count { #expect(message(Array(good.prefix(length))) != nil, "prefix of \(length)") }
    var generator = SeededGenerator(seed: 5)
    var refused = 0
    let headerEnd = good.count - 44
    for place in 0..<headerEnd {
      for _ in 0..<8 {
        var bytes = good
        bytes[place] = UInt8.random(in: 0...255, using: &generator)
        if message(bytes) != nil { refused += 1 }
      }
    }
    #expect(refused > headerEnd)
  }

  @Test func missingTensorsAndTypesAreNamed() throws {
    let read = try Safetensors(file(#"{"x":{"dtype":"I64","shape":[1],"data_offsets":[0,8]}}"#, data: 8))
    #expect(throws: TensorError.missing(name: "q", known: ["x"])) { try read.doubles("q") }
    #expect(throws: TensorError.type(name: "x", found: "I64", expected: "F64, F32, F16 or BF16")) {
      try read.doubles("x")
    }
    #expect(throws: TensorError.shape([2, -1], count: 2)) { try Tensor<Double>(shape: [2, -1], values: [1, 2]) }
  }

  /// What a file makes up is quoted by its beginning only, however little of it a reader would call characters.
  @Test func longNamesAreCut() {
    let name = "n" + String(repeating: "\u{301}", count: 100_000)
    let sentences: [String?] = [
      message(file(#"{"\#(name)":{"dtype":"F32","shape":[3],"data_offsets":[0,8]}}"#, data: 8)),
      message(file(#"{"x":{"dtype":"\#(name)","shape":[2],"data_offsets":[0,8]}}"#, data: 8)),
      message(file(#"{"x":{"dtype":"F32","shape":[2],"data_offsets":[0,8],"\#(name)":[]}}"#, data: 8)),
      TensorError.missing(name: name, known: [name, name]).description,
    ]
    for sentence in sentences {
      let count = sentence?.unicodeScalars.count ?? 0
      #expect(count > 100 && count < 500, "\(count) characters")
    }
  }

  /// A reader that delivers less than the file's size promised.
  @Test func shrinkingFilesAreNoticed() throws {
    let bytes = file(#"{"x":{"dtype":"F32","shape":[2],"data_offsets":[0,8]}}"#, data: 8)
    let read = try Safetensors(byteCount: bytes.count) { range throws(TensorError) in
      Array(bytes[range.clamped(to: 0..<bytes.count - 3)])
    }
    #expect(throws: TensorError.self) { try read.doubles("x") }
  }
}
