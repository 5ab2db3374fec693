/// A method as a person writes it: `yarn:factor=8,beta_fast=32`, `ntk:factor=2+resonance`.
public struct MethodSpecification: Sendable, Hashable {
  public struct Part: Sendable, Hashable {
    /// Catalogue id, aliases already replaced.
    public var id: String
    public var given: [String: ParameterValue]

    public init(id: String, given: [String: ParameterValue] = [:]) {
      self.id = id
      self.given = given
    }
  }

  public var parts: [Part]

  public init(parts: [Part]) { self.parts = parts }

  public init(_ id: String, _ given: [String: ParameterValue] = [:]) {
    parts = [Part(id: id, given: given)]
  }

  /// Canonical text; parsing it gives the same specification.
  public var description: String {
    parts.map { part in
      let values = part.given.sorted { $0.key < $1.key }.map { "\($0.key)=\($0.value)" }
      return values.isEmpty ? part.id : part.id + ":" + values.joined(separator: ",")
    }.joined(separator: "+")
  }

  /// The methods' ids without parameters: `yarn+resonance`.
  public var name: String { parts.map(\.id).joined(separator: "+") }
}

extension MethodSpecification: CustomStringConvertible {}
