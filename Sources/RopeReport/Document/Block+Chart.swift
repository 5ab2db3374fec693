import RopeChart

extension Block {
  /// A numbered figure with the files that hold it and its data.
  public struct Chart: Sendable, Hashable, Codable {
    public struct File: Sendable, Hashable, Codable {
      /// `CSV`, `PDF`.
      public var label: String
      /// Relative to the report: `data/wavelength.csv`.
      public var path: String

      public init(_ label: String, path: String) {
        self.label = label
        self.path = path
      }
    }

    /// The anchor; the figure's id unless another is given.
    public var id: String
    public var figure: Figure
    public var files: [File]
    /// Where all points of the curves stand, beside the report; empty for nowhere.
    public var data: String
    /// Whether a page shows a key beside it, whose entries show and hide series.
    public var showsKey = true

    public init(_ figure: Figure, id: String? = nil, files: [File] = [], data: String = "") {
      self.id = id ?? figure.id
      self.figure = figure
      self.files = files
      self.data = data
    }
  }
}
