import RopeJSON
import Testing

@Suite struct JSONReadingTests {
  @Test func placesAreBytes() throws {
    let node = try JSONParser.parse(SourceText(bytes: Array(#"{"a": [1, "é"], "b": null}"#.utf8)))
    #expect(node.member("a")?.keyBytes == 1..<4)
    #expect(node.member("a")?.node.elements?.last?.bytes == 10..<14)
    #expect(node.member("b")?.node.isNull == true)
  }
}
