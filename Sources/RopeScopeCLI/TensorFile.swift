import RopeMath
import RopeTensors

/// Opens safetensors files by path; their numbers stay in the file until they are asked for.
enum TensorFile {
  static let methodResources = MethodResources.safetensors { path throws(TensorError) in try open(path) }

  static func open(_ path: String) throws(TensorError) -> Safetensors {
    let file = try MappedFile(path: path)
    return try Safetensors(byteCount: file.count) { range throws(TensorError) in
      range.upperBound <= file.count ? file.array(range) : []
    }
  }
}
