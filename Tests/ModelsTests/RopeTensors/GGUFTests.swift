import RopeMath
import RopeTensors
import RopeTestSupport
import Testing

@Suite struct GGUFTests {
  private func writer() -> GGUFWriter {
    var writer = GGUFWriter()
    writer.metadata = [
      ("general.architecture", .text("llama")), ("a.uint32", .uint32(7)), ("a.int32", .int32(-7)),
      ("a.uint64", .uint64(.max)), ("a.float32", .float32(0.5)), ("a.float64", .float64(.pi)), ("a.flag", .flag(true)),
      ("a.texts", .texts(["", "é", "Ġthe"])), ("a.numbers", .float32s([1, 2.5])), ("a.integers", .int32s([-1, 3])),
      ("a.flags", .flags([true, false])),
      (
        "a.nested",
        .raw(
          9,
          littleEndian(UInt32(9)) + littleEndian(UInt64(1)) + littleEndian(UInt32(0)) + littleEndian(UInt64(2)) + [
            5, 6,
          ])
      ),
      ("a.int8", .raw(1, [0xFF])), ("a.uint8", .raw(0, [0xFF])), ("a.int16", .raw(3, [0xFE, 0xFF])),
      ("a.uint16", .raw(2, [0xFE, 0xFF])), ("a.int64", .raw(11, littleEndian(Int64.min))),
    ]
    writer.tensors = [
      .init("one", shape: [2, 32], type: 2, bytes: [UInt8](repeating: 1, count: 36)),
      .init("two", shape: [3], float32: [1, 2, 3]),
    ]
    return writer
  }

  private func message(_ bytes: [UInt8]) -> String? {
    do {
      _ = try GGUF(bytes)
      return nil
    } catch { return error.description }
  }

  private func message(_ change: (inout GGUFWriter) -> Void) -> String? {
    var writer = writer()
    change(&writer)
    return message(writer.bytes)
  }

  @Test func everyTypeOfValueReads() throws {
    for version: UInt32 in [2, 3] {
      var writer = writer()
      writer.version = version
      let file = try GGUF(writer.bytes)
      #expect(file.version == Int(version) && file.alignment == 32)
      let values = file.metadata
      #expect(values["general.architecture"]?.text == "llama")
      #expect(values["a.uint32"]?.integer == 7 && values["a.int32"]?.integer == -7)
      #expect(values["a.int8"]?.integer == -1 && values["a.uint8"]?.integer == 255)
      #expect(values["a.int16"]?.integer == -2 && values["a.uint16"]?.integer == 65_534)
      #expect(values["a.int64"]?.integer == .min && values["a.uint64"]?.number == 0x1p64)
      #expect(values["a.float32"]?.number == 0.5 && values["a.float64"]?.number == .pi)
      #expect(values["a.flag"]?.flag == true)
      #expect(values["a.texts"]?.list?.texts == ["", "é", "Ġthe"])
      #expect(values["a.numbers"]?.list?.numbers == [1, 2.5] && values["a.integers"]?.list?.integers == [-1, 3])
      #expect(values["a.flags"]?.list?.integers == [1, 0])
      #expect(values["a.nested"]?.list?.count == 1)
      #expect(try file.float32("two").values == [1, 2, 3])
    }
  }

  @Test func alignmentIsTheFilesOwn() throws {
    var writer = writer()
    writer.alignment = 4096
    writer.metadata.append(("general.alignment", .uint32(4096)))
    let file = try GGUF(writer.bytes)
    #expect(file.alignment == 4096)
    #expect(try file.float32("two").values == [1, 2, 3])
  }

  @Test func liesAreToldPlainly() throws {
    let cases: [(String, String?)] = [
      ("does not begin with “GGUF”", message(Array("GGML".utf8) + [3, 0, 0, 0])),
      ("its version is 1", message { $0.version = 1 }),
      ("(a big-endian file)", message { $0.version = 0x0300_0000 }),
      ("the number of tensors is 1000000000000, more than", message { $0.claimedTensorCount = 1_000_000_000_000 }),
      ("the number of tensors is \(UInt64.max), more than", message { $0.claimedTensorCount = .max }),
      ("the number of metadata values is \(UInt64.max)", message { $0.claimedValueCount = .max }),
      ("has the unknown type 99, expected 0 … 12", message { $0.metadata.append(("bad", .raw(99, [0]))) }),
      (
        "the length of the value of “bad” is \(UInt64.max)",
        message { $0.metadata.append(("bad", .raw(8, littleEndian(UInt64.max)))) }
      ),
      (
        "the number of entries of the value of “bad” is",
        message { $0.metadata.append(("bad", .raw(9, littleEndian(UInt32(8)) + littleEndian(UInt64.max / 16)))) }
      ),
      (
        "nests lists more than",
        message { writer in
          let list = littleEndian(UInt32(9)) + littleEndian(UInt64(1))
          writer.metadata.append(("deep", .raw(9, list + list + list + list + list + list)))
        }
      ),
      ("is not UTF-8", message { $0.metadata.append(("bad", .raw(8, littleEndian(UInt64(1)) + [0xFF]))) }),
      ("the key “a.flag” stands twice", message { $0.metadata.append(("a.flag", .flag(false))) }),
      (
        "“general.alignment” is 24, expected a power of two",
        message { $0.metadata.append(("general.alignment", .uint32(24))) }
      ),
      ("“general.alignment” is 0, expected", message { $0.metadata.append(("general.alignment", .uint32(0))) }),
      ("the tensor “one” stands twice", message { $0.tensors[1].name = "one" }),
      ("tensor “two” has the unknown type 77", message { $0.tensors[1].type = 77 }),
      ("has 5 axes, expected at most 4", message { $0.tensors[1].shape = [1, 1, 1, 1, 3] }),
      ("has the impossible extent", message { $0.tensors[1].shape = [-3] }),
      ("has the impossible shape", message { $0.tensors[1].shape = [1 << 40, 1 << 40] }),
      ("rows of 31 numbers, expected a multiple of 32 for Q4_0", message { $0.tensors[0].shape = [31] }),
      ("begins at offset 33, expected a multiple of 32", message { $0.tensors[1].offset = 33 }),
      ("bytes from offset", message { $0.tensors[1].offset = 1 << 62 }),
      ("bytes from offset", message { $0.tensors[1].shape = [1 << 30] }),
      ("tensor “two” overlaps the tensor “one”", message { $0.tensors[1].offset = 32 }),
    ]
    for (expected, message) in cases {
      #expect(message?.contains(expected) == true, "\(message ?? "no error"), expected “\(expected)”")
      #expect(message?.hasPrefix("not a valid GGUF file: ") == true)
    }
  }

  @Test func formatsThatAreNotReadAreNamed() throws {
    var writer = writer()
    writer.tensors = [.init("odd", shape: [256], type: 15, bytes: [UInt8](repeating: 0, count: 292))]
    let file = try GGUF(writer.bytes)
    #expect(
      throws: TensorError.type(
        name: "odd", found: "Q8_K",
        expected:
          "F32, F16, Q4_0, Q4_1, Q5_0, Q5_1, Q8_0, Q2_K, Q3_K, Q4_K, Q5_K, Q6_K, IQ2_XXS, IQ2_XS, IQ3_XXS, IQ1_S, "
          + "IQ4_NL, IQ3_S, IQ2_S, IQ4_XS, F64, IQ1_M, BF16, TQ1_0, TQ2_0, MXFP4, NVFP4")
    ) { try file.float32("odd") }
    #expect(throws: TensorError.missing(name: "x", known: ["odd"])) { try file.float32("x") }
  }

  /// Every prefix and many mutations of a small file either read or give an error; none traps.
  /// An axis of no entries hides the size of the others from their product.
  @Test func emptyTensorsOfHugeRowsAreRefused() throws {
    let bytes = Array(try Fixtures.data("hostile/empty-huge-rows.gguf"))
    #expect(throws: TensorError.self) { try GGUF(bytes) }
  }

  @Test func noPrefixAndNoMutationTraps() throws {
    let bytes = writer().bytes
    for count in 0..<bytes.count - 20 { #expect(message(Array(bytes[..<count])) != nil, "\(count) bytes") }
    var generator = SeededGenerator(seed: 11)
    var refused = 0
    for _ in 0..<4000 {
      var mutated = bytes
      for _ in 0..<Int.random(in: 1...4, using: &generator) {
        let place = Int.random(in: 0..<mutated.count, using: &generator)
        mutated[place] =
          [0, 1, 0x7F, 0x80, 0xFF, UInt8.random(in: 0...255, using: &generator)].randomElement(using: &generator) ?? 0
      }
      do {
        let file = try GGUF(mutated)
        for name in file.tensorNames where try file.shape(of: name).reduce(1, *) < 10_000 {
          _ = try? file.float32(name)
        }
        for value in file.metadata.values { _ = (value.list?.texts, value.list?.integers) }
      } catch { refused += 1 }
    }
    print("refused \(refused) of 4000 mutated files")
    #expect(refused > 500)
  }
}
