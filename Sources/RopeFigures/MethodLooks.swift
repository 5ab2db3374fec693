import RopeAnalysis
import RopeChart

/// How the methods of a run look beside each other: each as `MethodStyles` has it, but no two alike.
///
/// Variants of one method take an ordered ramp of its colour; what is no method of the catalogue takes a colour that none
/// of the others has; dashes and markers are never the same for two.
struct MethodLooks: Sendable {
  private var styles: [String: SeriesStyle] = [:]

  /// - Parameters:
  ///   - methods: those that stand in the same figures.
  ///   - known: looks that are settled already, by label.
  ///   - author: what the author has chosen, by label.
  ///   - sharesColours: whether relatives may have the same colour, told apart by dash and marker: in long lists.
  ///   - name: begins the keys of looks that are made here.
  init(
    _ methods: [FigureData.Method], known: [String: SeriesStyle] = [:], author: [String: AuthorStyle.Series] = [:],
    sharesColours: Bool = false, name: String
  ) {
    var used = Set(author.values.compactMap(\.colour))
    for style in known.values { used.insert(style.light) }
    styles = known
    // What was run in another way takes a shade of its method's colour, not the colour itself.
    func isVariant(_ method: FigureData.Method) -> Bool { MeasuredVariant.parts(of: method.label).variant != nil }
    let unknown = methods.filter { known[$0.label] == nil }
    let open = unknown.filter { !isVariant($0) } + unknown.filter(isVariant)
    // Well-known methods keep their own colour, whoever stands before them.
    let ordered = open.filter { Self.isPrincipal($0) } + open.filter { !Self.isPrincipal($0) }
    var groups: [(ids: [String], members: [FigureData.Method])] = []
    for method in ordered {
      if !method.ids.isEmpty, let place = groups.firstIndex(where: { $0.ids == method.ids }) {
        groups[place].members.append(method)
      } else {
        groups.append((method.ids, [method]))
      }
    }
    var own = 0
    for group in groups {
      var base = MethodStyles.style(ids: group.ids.isEmpty ? ["none"] : group.ids)
      if group.ids.isEmpty {
        own += 1
        base.key = "\(name)-\(own)"
        base.dash = []
        base.marker = .filledCircle
      }
      let needsColour = group.ids.isEmpty || used.contains(base.light) && !sharesColours
      if needsColour, let free = MethodStyles.freeColours.first(where: { !used.contains($0.light) }) {
        (base.light, base.dark) = free
        if !group.ids.isEmpty { base.key = "\(name)-\(base.key)" }
      }
      for (place, colours) in MethodStyles.ramp(base, count: group.members.count).enumerated() {
        var style = base
        (style.light, style.dark) = colours
        used.insert(style.light)
        if group.members.count > 1 {
          style.key = "\(name)-\(base.key)-\(place + 1)"
          if place > 0 { (style.dash, style.marker) = ([], .none) }
        }
        settle(&style, among: methods, isVariant: place > 0)
        let label = group.members[place].label
        styles[label] = author[label]?.changed(style) ?? style
      }
      used.insert(base.light)
    }
    for method in methods where known[method.label] != nil {
      if let change = author[method.label], let style = styles[method.label] {
        styles[method.label] = change.changed(style)
      }
    }
  }

  subscript(label: String) -> SeriesStyle? { styles[label] }

  private static func isPrincipal(_ method: FigureData.Method) -> Bool {
    MethodStyles.rank(of: method.ids) < MethodStyles.principalCount
  }

  /// Gives a style a dash and a marker that no other has.
  private func settle(_ style: inout SeriesStyle, among methods: [FigureData.Method], isVariant: Bool) {
    let others = methods.compactMap { styles[$0.label] }
    func isTaken(_ dash: [Double], _ marker: SeriesStyle.Marker) -> Bool {
      others.contains { $0.dash == dash && $0.marker.onPoint == marker.onPoint }
    }
    guard isVariant || isTaken(style.dash, style.marker) else { return }
    let dashes: [[Double]] = [[], [5, 2], [1, 1.5], [6, 1.5, 1, 1.5], [3, 1.5], [8, 2], [2, 1], [9, 2, 2, 2]]
    let markers: [SeriesStyle.Marker] = [
      .filledCircle, .square, .filledTriangle, .diamond, .cross, .filledSquare, .triangle, .plus, .circle,
      .filledDiamond, .star, .invertedTriangle,
    ]
    func use<Value: Equatable>(_ value: Value, _ property: KeyPath<SeriesStyle, Value>) -> Int {
      others.count { $0[keyPath: property] == value }
    }
    // The dash and the marker that fewest have, the first of equals.
    let best = dashes.indices.flatMap { dash in markers.indices.map { (dash, $0) } }
      .filter { !isTaken(dashes[$0.0], markers[$0.1]) }
      .min { left, right in
        func cost(_ pair: (Int, Int)) -> [Int] {
          [use(dashes[pair.0], \.dash) + use(markers[pair.1], \.marker), pair.0 + pair.1, pair.0]
        }
        return cost(left).lexicographicallyPrecedes(cost(right))
      }
    if let best { (style.dash, style.marker) = (dashes[best.0], markers[best.1]) }
  }
}
