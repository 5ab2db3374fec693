import Foundation
import RopeMath

/// Reads a list of numbers that a specification names as `key=@FILE.json`.
enum NumberFile {
  static func load(_ path: String) throws(MethodError) -> [Double] {
    guard let data = FileManager.default.contents(atPath: path) else {
      throw MethodError(.syntax, "the file \(path) cannot be read")
    }
    guard data.count < 1 << 24, let numbers = try? JSONDecoder().decode([Double].self, from: data) else {
      throw MethodError(.syntax, "the file \(path) is not a JSON list of numbers")
    }
    return numbers
  }
}
