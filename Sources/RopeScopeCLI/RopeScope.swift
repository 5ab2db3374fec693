import ArgumentParser

/// The root command: help and the list of subcommands.
struct RopeScope: ParsableCommand {
  static let version = "0.1.0"

  static let configuration = CommandConfiguration(
    commandName: "ropescope", abstract: "What will this RoPE scaling do to this model at this length?",
    discussion: """
      EXAMPLES:
        ropescope report qwen2.5-7b --target 128k
        ropescope inspect config.json --method yarn:factor=4 --target 128k
        ropescope figure wavelength qwen2.5-7b --target 128k -o wavelength.pdf
      """, version: version,
    groupedSubcommands: [
      CommandGroup(name: "Look", subcommands: [InspectCommand.self, AnalyseCommand.self, ExplainCommand.self]),
      CommandGroup(
        name: "Check",
        subcommands: [
          CheckCommand.self, ParityCommand.self, ConvertCommand.self, SuggestCommand.self, PrepareCommand.self,
          DiffCommand.self,
        ]),
      CommandGroup(name: "Make", subcommands: [ReportCommand.self, RenderCommand.self, FigureCommand.self]),
      CommandGroup(name: "Many", subcommands: [BatchCommand.self, ResultsCommand.self]),
      CommandGroup(
        name: "Run",
        subcommands: [
          EvaluateCommand.self, SearchCommand.self, GenerateCommand.self, TokenizeCommand.self, AttendCommand.self,
        ]),
      CommandGroup(
        name: "List",
        subcommands: [
          MethodsCommand.self, ModelsCommand.self, FiguresCommand.self, RulesCommand.self, DocsCommand.self,
        ]),
      CommandGroup(
        name: "Set-up", subcommands: [DoctorCommand.self, BenchCommand.self, ServeCommand.self, VersionCommand.self]),
    ])
}
