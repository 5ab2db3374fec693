import ArgumentParser
import Foundation
import RopeAnalysis
import RopeCheck
import RopeConfig
import RopeMath
import RopeReport

/// What shells offer for values: asked for when the key is pressed, since most follow from what stands before them.
enum Completions {
  /// Presets, folders, and files that can hold a model.
  static var models: CompletionKind {
    offer { presets + files($0, modelEndings) }
  }

  /// SPECs with commas: methods, and behind a method's colon its keys.
  static var specifications: CompletionKind {
    offer { specifications(after: $0) }
  }

  /// Runtimes with commas, and behind @ the versions that are modelled.
  static var runtimes: CompletionKind { offer { runtimes(after: $0) } }

  /// Runtimes, trainers and servers whose settings can be written.
  static var destinations: CompletionKind {
    offer { runtimes(after: $0) + CommandFormats.writtenNames }
  }

  /// Trainers by name, or their own files.
  static var trainers: CompletionKind {
    offer { CommandFormats.writtenNames + files($0, ["yaml", "yml", "json", "toml", "sh", "py"]) }
  }

  /// Names with commas, each once.
  static func names(_ all: [String]) -> CompletionKind {
    offer { list(all, after: $0) }
  }

  static var rules: CompletionKind { names(RuleCatalogue.cards.map(\.id)) }
  static var analyses: CompletionKind { names(AnalysisCatalogue.all.map { $0.card.id }) }

  // MARK: Candidates

  private static let modelEndings = ["json", "gguf"]
  private static var presets: [String] { ModelPresets.all.map(\.name) }

  /// What goes on from what is typed; shells filter too, but not all alike.
  private static func offer(_ candidates: @escaping @Sendable (_ typed: String) -> [String]) -> CompletionKind {
    .custom { words, index, prefix in
      let head = CompletionShell.requesting == .bash ? cut(from: words, before: index) : ""
      let found = candidates(head + prefix).filter { $0.hasPrefix(head + prefix) }.map {
        String($0.dropFirst(head.count))
      }
      // What stands behind a colon is a description in zsh.
      guard CompletionShell.requesting == .zsh else { return found }
      return found.map { $0.split(separator: ":", omittingEmptySubsequences: false).joined(separator: "\\:") }
    }
  }

  /// bash cuts words at colons and at signs: what of the word stands before the part at the cursor.
  private static func cut(from words: [String], before index: Int) -> String {
    var head = ""
    var place = index - 1
    while place > 0, place < words.count, [":", "@", "="].contains(words[place]) {
      head = words[place - 1] + words[place] + head
      place -= 2
    }
    return head
  }

  /// Every name behind the last comma that is not in the list yet.
  private static func list(_ names: [String], after prefix: String) -> [String] {
    let (before, _) = parts(prefix)
    let taken = before.split(separator: ",").map(String.init)
    return names.filter { !taken.contains($0) }.map { before + $0 }
  }

  private static func specifications(after prefix: String) -> [String] {
    let (before, last) = parts(prefix)
    // The method that keys are of stands behind the last comma or plus that does not belong to its keys.
    if let spec = (last.contains(":") ? prefix : before).split(separator: ",").last(where: {
      $0.contains(":") || !$0.contains("=")
    }),
      let colon = spec.firstIndex(of: ":"), last.contains(":") || !last.contains("=")
    {
      let id = spec[..<colon].split(separator: "+").last.map(String.init) ?? ""
      let keys = (try? MethodCatalogue.type(named: id))?.card.parameters.map(\.key) ?? []
      let head = last.contains(":") ? String(prefix[...(prefix.lastIndex(of: ":") ?? prefix.startIndex)]) : before
      let own = keys.map { head + $0 + "=" }
      return last.contains(":") ? own : own + methods.map { before + $0 }
    }
    let joined = last.split(separator: "+", omittingEmptySubsequences: false).dropLast().joined(separator: "+")
    return methods.map { before + (joined.isEmpty ? "" : joined + "+") + $0 }
  }

  private static var methods: [String] { ["config"] + MethodCatalogue.cards.map(\.id) }

  private static func runtimes(after prefix: String) -> [String] {
    let (before, last) = parts(prefix)
    if let at = last.firstIndex(of: "@") {
      let name = String(last[..<at])
      return RuntimeCatalogue.versions(of: name).map { "\(before)\(name)@\($0.read)" }
    }
    return list(RuntimeCatalogue.newest.map(\.name) + NamedRuntimes.all.map(\.name), after: prefix)
  }

  /// What stands before the last comma, with it, and what behind.
  private static func parts(_ prefix: String) -> (before: String, last: String) {
    guard let comma = prefix.lastIndex(of: ",") else { return ("", prefix) }
    return (String(prefix[...comma]), String(prefix[prefix.index(after: comma)...]))
  }

  /// Folders, with a slash, and files of these endings that a path goes on with.
  private static func files(_ prefix: String, _ endings: [String]) -> [String] {
    let folder = prefix.lastIndex(of: "/").map { String(prefix[...$0]) } ?? ""
    let name = prefix.dropFirst(folder.count)
    let entries = (try? FileManager.default.contentsOfDirectory(atPath: folder.isEmpty ? "." : folder)) ?? []
    return entries.filter { $0.hasPrefix(name) && (!$0.hasPrefix(".") || name.hasPrefix(".")) }.sorted().compactMap {
      entry in
      var isFolder: ObjCBool = false
      guard FileManager.default.fileExists(atPath: folder + entry, isDirectory: &isFolder) else { return nil }
      if isFolder.boolValue { return folder + entry + "/" }
      return endings.contains { entry.hasSuffix("." + $0) } ? folder + entry : nil
    }
  }
}
