import RopeJSON
import RopeText

/// A report as `ropescope.check/1`.
public enum CheckJSON {
  public static func text(_ report: CheckReport) throws -> String {
    Escaping.json(String(decoding: try EncodedJSON.bytes(of: report, layout: .lines), as: UTF8.self))
  }
}
