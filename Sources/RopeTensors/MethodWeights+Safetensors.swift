import RopeMath

extension MethodWeights {
  /// The matrices of a safetensors file whose names end with one of the suffixes, and the file's metadata.
  ///
  /// - Throws: `TensorError` where such a tensor has no two axes or no floating-point numbers.
  public init(_ file: Safetensors, suffixes: [String]) throws(TensorError) {
    var matrices: [String: WeightMatrix] = [:]
    for name in file.names where suffixes.contains(where: { name.hasSuffix($0) }) {
      let shape = try file.entry(name).shape
      guard shape.count == 2 else {
        throw .type(name: name, found: "of shape \(shape)", expected: "a matrix of two axes")
      }
      matrices[name] = WeightMatrix(rows: shape[0], columns: shape[1], values: try file.doubles(name).values)
    }
    self.init(matrices: matrices, metadata: file.metadata)
  }
}

extension MethodResources {
  /// Weights from safetensors files that `open` finds by their paths.
  public static func safetensors(
    open: @escaping @Sendable (String) throws(TensorError) -> Safetensors
  ) -> MethodResources {
    MethodResources { path, suffixes throws(MethodError) in
      do {
        return try MethodWeights(open(path), suffixes: suffixes)
      } catch {
        throw MethodError(.invalidValue, "“\(path)”: \(error)", parameter: "weights")
      }
    }
  }
}
