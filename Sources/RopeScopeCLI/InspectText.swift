import RopeConfig
import RopeFigures
import RopeMath
import RopeReport
import RopeText

/// `inspect` for the terminal.
enum InspectText {
  static func text(_ record: InspectRecord, in layout: TextLayout) -> String {
    let preset = ModelPresets.all.first { $0.name == record.model.source }
    let source = preset.map { "the preset \($0.name) (\($0.source))" } ?? record.model.source
    let family = record.model.family?.excerpt(100) ?? "unknown family"
    var blocks = [
      layout.line("\(record.model.name.excerpt(200)) (\(family)), from \(source)").joined(separator: "\n")
    ]
    if let geometry = record.geometry {
      blocks.append(facts(geometry).flatMap { layout.line($0) }.joined(separator: "\n"))
    }
    if !record.resolved.isEmpty { blocks.append(values(record, isPreset: preset != nil).text(in: layout)) }
    if !record.missing.isEmpty { blocks.append(list("Missing", record.missing, layout)) }
    if !record.notes.isEmpty { blocks.append(list("Notes", record.notes, layout)) }
    for effective in record.effective ?? [] {
      let title = "Effective configuration" + (effective.role.map { " of \($0)" } ?? "")
      blocks.append(list(title, [(try? JSONText.encode(effective.config)) ?? ""], layout))
    }
    blocks += record.plans.map { plan($0, layout) }
    return blocks.joined(separator: "\n\n")
  }

  private static func list(_ heading: String, _ lines: [String], _ layout: TextLayout) -> String {
    ([heading] + lines.flatMap { layout.prose("  " + $0) }).joined(separator: "\n")
  }

  private static func facts(_ geometry: GeometryRecord) -> [String] {
    guard let base = geometry.base else { return ["no layer rotates" + windowPhrase(geometry)] }
    var lines = [
      "head \(geometry.headDimension), rotary \(geometry.rotaryDimension), base \(base.formattedShortest), "
        + "\(geometry.pairing.rawValue) pairs, trained to \(Wording.whole(geometry.trainedLength)) tokens"
    ]
    if let window = geometry.window { lines.append("window \(Wording.whole(window)) tokens") }
    if !geometry.layersWithoutRotation.isEmpty {
      let indices = geometry.layersWithoutRotation
      lines.append(
        "\(indices.count) of \(geometry.layers ?? indices.count) layers attend without rotation: "
          + ranges(indices))
    }
    for (name, type) in (geometry.byLayerType ?? [:]).sorted(by: { $0.key < $1.key }) {
      lines.append(
        "  \(name): head \(type.headDimension), rotary \(type.rotaryDimension), base \(type.base?.formattedShortest ?? "none")"
      )
    }
    return lines
  }

  private static func windowPhrase(_ geometry: GeometryRecord) -> String {
    geometry.window.map { "; the window of \(Wording.whole($0)) tokens is only a limit" } ?? ""
  }

  /// `0–3, 7`: ascending indices with runs joined.
  private static func ranges(_ indices: [Int]) -> String {
    var runs: [ClosedRange<Int>] = []
    for index in indices {
      if let last = runs.last, last.upperBound + 1 == index {
        runs[runs.count - 1] = last.lowerBound...index
      } else {
        runs.append(index...index)
      }
    }
    return runs.map { $0.count == 1 ? "\($0.lowerBound)" : "\($0.lowerBound)–\($0.upperBound)" }.joined(separator: ", ")
  }

  /// - Parameter isPreset: a line of a file that the reader does not have is not told.
  private static func values(_ record: InspectRecord, isPreset: Bool) -> TextTable {
    TextTable(
      columns: [("value", .left), ("is", .left), ("origin", .left), ("from", .left)],
      rows: record.resolved.map { value in
        let place = [value.pointer, isPreset ? nil : value.line.map { "line \($0)" }].compactMap { $0 }.joined(
          separator: ", ")
        return [value.key, value.value.description, value.origin.rawValue, place.isEmpty ? value.note ?? "" : place]
      }, optional: ["origin"])
  }

  private static func plan(_ plan: PlanRecord, _ layout: TextLayout) -> String {
    let given = plan.parameters.sorted { $0.key < $1.key }.map { "\($0.key)=\(abbreviated($0.value))" }
    let layers = plan.layers == "all" ? "" : " on \(plan.layers) layers"
    var lines = layout.line(
      "\(plan.method)\(layers) at \(Wording.whole(plan.length)) tokens"
        + (given.isEmpty ? "" : "  (\(given.joined(separator: ", ")))"))
    lines += layout.line(
      "attention factor \(Wording.number(plan.attentionFactor, digits: 6)), softmax scale ×\(Wording.number(plan.softmaxScaleFactor, digits: 6)), cached keys \(plan.cachedKeys)"
        + (plan.queryScale.map { ", query scale \($0.form)" } ?? ""), indent: "  ")
    let pairs = shown(plan.inverseFrequencies.count)
    var table = TextTable(
      columns: [("pair", .right), ("θ′ (rad/token)", .right), ("wavelength (tokens)", .right), ("θ′/θ", .right)])
    table.rows = pairs.map { pair in
      [
        String(pair), Wording.number(plan.inverseFrequencies[pair], digits: 6),
        plan.wavelengths[pair].map { Wording.number($0, digits: 6) } ?? "∞",
        pair < plan.interpolationRatios.count ? Wording.number(plan.interpolationRatios[pair], digits: 5) : "",
      ]
    }
    lines.append(table.text(in: layout, indent: "  "))
    return lines.joined(separator: "\n")
  }

  /// A long list as its length, so that one line stays one line.
  private static func abbreviated(_ value: ParameterValue) -> String {
    if let numbers = value.numbers, numbers.count > 4 { return "[\(numbers.count) numbers]" }
    return value.description
  }

  /// Seventeen pairs spread over the head, the last included.
  private static func shown(_ count: Int) -> [Int] {
    guard count > 17 else { return Array(0..<count) }
    return (0...16).map { $0 * (count - 1) / 16 }
  }
}
