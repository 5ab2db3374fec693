import Foundation
import RopeConfig
import RopeMath

/// One model at one target: what a worker computes, and a folder of the output.
package struct BatchCase: Sendable, Hashable {
  /// A file name, unique in its plan: `qwen2.5-7b-128k`.
  package let id: String
  package let model: String
  package let target: Int

  /// The cases of a plan, models first. Names are made of letters, digits, dots and hyphens only, so that no model can
  /// lead out of the output folder; models whose names clash are told apart by a number.
  package static func all(of plan: BatchPlan) -> [BatchCase] {
    var names: [String: String] = [:]
    var taken: Set<String> = []
    for model in plan.models {
      let stem = slug(model)
      var name = stem
      var number = 2
      while !taken.insert(name).inserted {
        name = "\(stem)-\(number)"
        number += 1
      }
      names[model] = name
    }
    return plan.models.flatMap { model in
      plan.targets.map { target in
        BatchCase(id: "\(names[model] ?? "model")-\(TokenCount.label(target))", model: model, target: target)
      }
    }
  }

  /// Of a preset its name, of `folder/config.json` the folder's, of another file the file's.
  private static func slug(_ model: String) -> String {
    let url = URL(fileURLWithPath: model)
    var name = model.contains("/") || model.hasSuffix(".json") ? url.deletingPathExtension().lastPathComponent : model
    if ["config", "params"].contains(name) { name = url.deletingLastPathComponent().lastPathComponent }
    let kept = name.lowercased().map {
      $0.isASCII && ($0.isLetter || $0.isNumber || $0 == "." || $0 == "-" || $0 == "_") ? $0 : "-"
    }
    let text = String(kept).drop { $0 == "." || $0 == "-" }
    return text.isEmpty ? "model" : String(text.prefix(80))
  }
}
