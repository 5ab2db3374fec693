import RopeMath

/// One method of an evaluation: how records call it, and its plans.
public struct MethodRun: Sendable {
  public var name: String
  public var planner: MethodPlanner

  public init(_ planner: MethodPlanner) {
    self.init(name: planner.specification.description, planner: planner)
  }

  public init(name: String, planner: MethodPlanner) {
    self.name = name
    self.planner = planner
  }
}
