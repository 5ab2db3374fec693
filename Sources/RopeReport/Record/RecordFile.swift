import Foundation

/// A run record as the bytes of `run.json`.
public enum RecordFile {
  public static func bytes(_ record: RunRecord) throws -> [UInt8] {
    try JSONText.encodeBytes(record) + [0x0A]
  }

  /// - Throws: `RunError.unreadableRecord` for another schema or a damaged document.
  public static func read(_ data: Data) throws(RunError) -> RunRecord {
    struct Head: Decodable { let schema: String }
    let decoder = JSONDecoder()
    guard let head = try? decoder.decode(Head.self, from: data) else {
      throw .unreadableRecord("no JSON document with a schema")
    }
    guard head.schema == RunRecord.currentSchema else {
      throw .unreadableRecord("its schema is \(head.schema), this version reads \(RunRecord.currentSchema)")
    }
    do {
      return try decoder.decode(RunRecord.self, from: data)
    } catch {
      throw .unreadableRecord(Self.sentence(error))
    }
  }

  private static func sentence(_ error: any Error) -> String {
    func path(_ context: DecodingError.Context) -> String {
      "/" + context.codingPath.map { $0.intValue.map(String.init) ?? $0.stringValue }.joined(separator: "/")
    }
    switch error as? DecodingError {
    case .keyNotFound(let key, let context): return "“\(key.stringValue)” is missing at \(path(context))"
    case .typeMismatch(_, let context), .valueNotFound(_, let context):
      return "a value of the wrong type at \(path(context))"
    case .dataCorrupted(let context): return "damaged at \(path(context))"
    default: return "damaged"
    }
  }
}
