import CTemplates

/// The files of this folder, which are embedded in the binary; `CTemplates` lists them.
package enum Templates {
  /// By the names that they have in their folders.
  package static let files = texts(embedded_templates())

  /// Measured moments of small published models (`ropescope.moments/1`), by the model's name.
  package static let statistics = texts(embedded_statistics())

  /// - Parameter list: ends with a file without a name.
  private static func texts(_ list: UnsafePointer<embedded_file>?) -> [String: String] {
    var texts: [String: String] = [:], next = list
    while let file = next, let name = file.pointee.name {
      texts[String(cString: name)] = String(cString: file.pointee.text)
      next = file + 1
    }
    return texts
  }
}
