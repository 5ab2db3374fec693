import RopeFigures
import RopeText

extension RunRecord.Method {
  /// What figures and sentences call it: the titles of its parts in the language, with the parameters that were given.
  public func name(in language: Language) -> String {
    FigureData.Method(label: label, name: name, ids: ids).named(in: language).name
  }
}
