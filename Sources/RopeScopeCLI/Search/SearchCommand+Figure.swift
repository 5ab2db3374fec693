import RopeFiles
import RopeMath
import RopeRecords
import RopeReport

extension SearchCommand {
  /// The found factors by pair beside those of the compared methods.
  func draw(
    _ record: SearchRecord, _ plan: SearchPlan, _ drawing: MeasuredDrawing, _ outputs: inout Outputs, _ console: Console
  ) async throws {
    guard let found = plan.chosen(record) else { return }
    let request = RunRequest(
      model: plan.files.resolved, methods: [found] + plan.baselines, targetLength: plan.frame.target,
      analyses: drawing.kind.card.analyses, resources: TensorFile.methodResources)
    let run = try await Run.record(request, command: [], console, output)
    // The drawing's endings hold no data.
    try drawing.draw(run.figureData(in: drawing.language), series: [], &outputs, console, output)
  }
}
