/// Ways of storing a weight that are not read here, known by the tensors that stand in its place or beside it.
enum ForeignStorage {
  /// What stands in place of a tensor that a file does not hold; nil for nothing that is known.
  ///
  /// - Parameters:
  ///   - name: such as `model.layers.0.mlp.down_proj.weight`.
  ///   - holds: whether the file holds a tensor.
  static func inPlace(of name: String, holds: (String) -> Bool) -> String? {
    let stem = name.hasSuffix(".weight") ? String(name.dropLast(".weight".count)) : name
    for (suffix, kind) in [
      (".qweight", "the weights are packed as by GPTQ or AWQ (quantization_config in config.json)"),
      (".weight_packed", "the weights are packed by compressed-tensors (quantization_config in config.json)"),
      ("_blocks", "the weights are packed as MXFP4, which is read for experts and from GGUF files"),
      ("_exps.weight", "the layer is a mixture of experts"), (".0.weight", "the layer is a mixture of experts"),
    ] where holds(stem + suffix) {
      return "“\(stem + suffix)” stands in its place: \(kind)"
    }
    return nil
  }

  /// What the tensors beside a tensor say of its numbers, in brackets.
  static func note(on name: String, among names: some Collection<String>) -> String? {
    if names.contains(where: { $0.hasPrefix(name + ".quant_state.") || $0 == name + ".absmax" }) {
      return " (packed by bitsandbytes)"
    }
    if name.hasSuffix("weight"), names.contains(name.dropLast("weight".count) + "SCB") {
      return " (packed by bitsandbytes)"
    }
    return nil
  }
}
