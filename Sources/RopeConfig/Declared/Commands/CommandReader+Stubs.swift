import RopeJSON

extension CommandReader {
  mutating func readModelfile() {}
  mutating func readPython() {}
  mutating func readPresets() {}
  mutating func readContainers(_ tree: JSONNode) -> Bool { false }
}
