import Foundation
import Mustache
import RopeTemplates
import RopeText

/// Where template files are read from: the ones inside the binary, or a folder whose files replace them by name.
public struct TemplateSource: Sendable {
  private let files: [String: String]

  /// The templates inside the binary.
  public static let embedded = TemplateSource(files: Templates.files)

  /// Names of all templates: `report.mustache`, `report.css` …
  public var names: [String] { files.keys.sorted() }

  /// Files of `folder` (or of its `html` and `latex` folders) in place of the built-in ones of the same name.
  public init(folder: URL) throws(TemplateError) {
    var isFolder: ObjCBool = false
    guard FileManager.default.fileExists(atPath: folder.path, isDirectory: &isFolder), isFolder.boolValue else {
      throw .noFolder(path: folder.path)
    }
    var files = Templates.files
    for name in Templates.files.keys.sorted() {
      for place in ["", "html", "latex"] {
        let file = place.isEmpty ? folder : folder.appendingPathComponent(place)
        let path = file.appendingPathComponent(name)
        guard FileManager.default.fileExists(atPath: path.path) else { continue }
        guard let data = try? Data(contentsOf: path), let text = String(data: data, encoding: .utf8) else {
          throw .unreadable(path: path.path)
        }
        files[name] = text
      }
    }
    self.files = files
  }

  public func text(_ name: String) throws(TemplateError) -> String {
    guard let text = files[name] else { throw .missing(name: name) }
    return text
  }

  /// The parsed template of a `.mustache` file, its words told in a language.
  func mustache(_ name: String, in language: Language = .english) throws(TemplateError) -> MustacheTemplate {
    let text = TemplateWords.markup(try text(name), in: language)
    do {
      return try MustacheTemplate(string: text)
    } catch let error as MustacheTemplate.ParserError {
      throw .malformed(name: name, line: error.context.lineNumber, reason: "\(error.error)")
    } catch {
      throw .malformed(name: name, line: 1, reason: "\(error)")
    }
  }

  private init(files: [String: String]) { self.files = files }
}
