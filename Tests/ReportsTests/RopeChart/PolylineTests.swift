import Foundation
import RopeChart
import Testing

@Suite struct PolylineTests {
  @Test func decimationKeepsTheEnvelope() {
    let points = (0..<100_000).map { index -> Point in
      let x = Double(index), wave = sin(x * 0.7) * 40
      return Point(x / 500, wave + Double(index % 97))
    }
    let thinned = Polyline.decimated(points)
    #expect(thinned.count <= 4 * 801)
    #expect(thinned.first == points.first)
    #expect(thinned.last == points.last)
    func extremes(_ list: [Point]) -> [Int: ClosedRange<Double>] {
      Dictionary(list.map { (Int(floor($0.x / 0.25)), $0.y...$0.y) }) {
        min($0.lowerBound, $1.lowerBound)...max($0.upperBound, $1.upperBound)
      }
    }
    #expect(extremes(points) == extremes(thinned))
  }

  @Test func simplificationStaysWithinItsTolerance() {
    let points = (0...2000).map { Point(Double($0) / 10, 50 * sin(Double($0) / 150)) }
    let simple = Polyline.simplified(points, tolerance: 0.02)
    #expect(simple.count < 200)
    for point in points {
      let place = simple.indices.dropFirst().first { simple[$0].x >= point.x } ?? simple.count - 1
      let (a, b) = (simple[place - 1], simple[place])
      let distance = abs((b.x - a.x) * (a.y - point.y) - (a.x - point.x) * (b.y - a.y)) / hypot(b.x - a.x, b.y - a.y)
      #expect(distance <= 0.02 + 1e-9)
    }
  }

  @Test func clippingCutsAtTheEdges() {
    let frame = Rectangle(x: 0, y: 0, width: 10, height: 10)
    let parts = Polyline.clipped([Point(-5, 5), Point(5, 5), Point(5, -5), Point(8, -5), Point(8, 5)], to: frame)
    #expect(parts == [[Point(0, 5), Point(5, 5), Point(5, 0)], [Point(8, 0), Point(8, 5)]])
    #expect(Polyline.clipped([Point(-5, -5), Point(-1, 20)], to: frame).isEmpty)
    let area = Polyline.clippedArea([Point(-5, -5), Point(15, -5), Point(15, 5), Point(-5, 5)], to: frame)
    #expect(Set(area) == [Point(0, 0), Point(10, 0), Point(10, 5), Point(0, 5)])
  }
}
