import Foundation
import RopeMath
import RopeTensors

/// Opens safetensors files by path; their numbers stay in the file until they are asked for.
enum TensorFile {
  static let methodResources = MethodResources.safetensors { path throws(TensorError) in try open(path) }

  static func open(_ path: String) throws(TensorError) -> Safetensors {
    let data: Data
    do {
      data = try Data(contentsOf: URL(fileURLWithPath: path), options: .mappedIfSafe)
    } catch {
      throw .reading("the file “\(path)” cannot be read")
    }
    return try Safetensors(byteCount: data.count) { range throws(TensorError) in
      guard range.upperBound <= data.count else { return [] }
      return [UInt8](data[data.startIndex + range.lowerBound..<data.startIndex + range.upperBound])
    }
  }
}
