import Foundation
import RopeJSON
import RopeText

/// A report as SARIF 2.1.0 (OASIS, 2020), for code-scanning pages.
public enum CheckSARIF {
  /// - Parameter site: where rules have their pages; nil for no links.
  public static func text(_ report: CheckReport, version: String, site: DocumentationSite? = nil) throws -> String {
    Escaping.json(
      String(decoding: try EncodedJSON.bytes(of: log(report, version, site), layout: .lines), as: UTF8.self))
  }

  private struct Log: Encodable {
    let schema = "https://json.schemastore.org/sarif-2.1.0.json"
    let version = "2.1.0"
    let runs: [Run]
    enum CodingKeys: String, CodingKey {
      case schema = "$schema"
      case version, runs
    }
  }

  private struct Run: Encodable {
    let tool: Tool
    let results: [Result]
    let invocations: [Invocation]
    let columnKind = "unicodeCodePoints"
  }

  private struct Tool: Encodable { let driver: Driver }

  private struct Driver: Encodable {
    let name = "ropescope"
    let version: String
    let informationUri: String?
    let rules: [Descriptor]
  }

  private struct Message: Encodable { let text: String }
  private struct MarkdownMessage: Encodable { let text: String, markdown: String }
  private struct Level: Encodable { let level: String }

  private struct Descriptor: Encodable {
    let id: String
    let shortDescription: Message
    let fullDescription: Message
    let help: MarkdownMessage
    let helpUri: String?
    let defaultConfiguration: Level
  }

  private struct Result: Encodable {
    let ruleId: String
    let ruleIndex: Int
    let level: String
    let message: Message
    let locations: [Location]
    let partialFingerprints: [String: String]
    let fixes: [FixObject]?
  }

  private struct Location: Encodable { let physicalLocation: Physical }
  private struct Physical: Encodable {
    let artifactLocation: Artifact
    let region: Region?
  }

  private struct Artifact: Encodable {
    let uri: String
    let uriBaseId: String?
  }

  private struct Region: Encodable { let startLine: Int, startColumn: Int, endLine: Int, endColumn: Int }
  private struct FixObject: Encodable { let description: Message, artifactChanges: [Change] }
  private struct Change: Encodable { let artifactLocation: Artifact, replacements: [Replacement] }
  private struct ByteRegion: Encodable { let byteOffset: Int, byteLength: Int }
  private struct Replacement: Encodable { let deletedRegion: ByteRegion, insertedContent: Message? }

  private struct Invocation: Encodable {
    let executionSuccessful: Bool
    let toolExecutionNotifications: [Notification]
  }

  private struct Notification: Encodable { let level: String, message: Message, locations: [Location] }

  private static func artifact(_ path: String) -> Artifact {
    let allowed = CharacterSet.urlPathAllowed
    let escaped = path.addingPercentEncoding(withAllowedCharacters: allowed) ?? path
    return path.hasPrefix("/")
      ? Artifact(uri: "file://" + escaped, uriBaseId: nil) : Artifact(uri: escaped, uriBaseId: "%SRCROOT%")
  }

  private static func log(_ report: CheckReport, _ version: String, _ site: DocumentationSite?) -> Log {
    let cards = RuleCatalogue.cards
    let index = Dictionary(cards.enumerated().map { ($1.id, $0) }) { first, _ in first }
    let results = report.files.flatMap { file in file.findings.map { result($0, file.path, index) } }
    let notifications = report.files.compactMap { file in
      file.error.map { error in
        Notification(
          level: "error", message: Message(text: Escaping.sarif(error.message)),
          locations: [Location(physicalLocation: Physical(artifactLocation: artifact(file.path), region: nil))])
      }
    }
    return Log(runs: [
      Run(
        tool: Tool(
          driver: Driver(version: version, informationUri: site?.address, rules: cards.map { descriptor($0, site) })),
        results: results,
        invocations: [Invocation(executionSuccessful: notifications.isEmpty, toolExecutionNotifications: notifications)]
      )
    ])
  }

  private static func descriptor(_ card: RuleCard, _ site: DocumentationSite?) -> Descriptor {
    Descriptor(
      id: card.id, shortDescription: Message(text: card.what), fullDescription: Message(text: card.why),
      help: MarkdownMessage(text: card.fix, markdown: card.page), helpUri: site?.page(.rule, card.id),
      defaultConfiguration: Level(level: card.severity.rawValue))
  }

  private static func result(_ finding: Finding, _ path: String, _ index: [String: Int]) -> Result {
    let region = finding.region
    let fixes = finding.fix.map { fix in
      [
        FixObject(
          description: Message(text: Escaping.sarif(fix.description)),
          artifactChanges: [
            Change(
              artifactLocation: artifact(path),
              replacements: fix.edits.map {
                Replacement(
                  deletedRegion: ByteRegion(byteOffset: $0.start, byteLength: $0.end - $0.start),
                  insertedContent: $0.text.isEmpty ? nil : Message(text: $0.text))
              })
          ])
      ]
    }
    return Result(
      ruleId: finding.rule, ruleIndex: index[finding.rule] ?? -1, level: finding.severity.rawValue,
      message: Message(text: Escaping.sarif(finding.text)),
      locations: [
        Location(
          physicalLocation: Physical(
            artifactLocation: artifact(path),
            region: Region(
              startLine: region.line, startColumn: region.column, endLine: region.endLine, endColumn: region.endColumn))
        )
      ],
      // Stable while lines move.
      partialFingerprints: ["rulePointer/v1": "\(finding.rule):\(finding.pointer ?? "")"], fixes: fixes)
  }
}
