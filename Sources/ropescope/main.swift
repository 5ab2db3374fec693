import Foundation
import RopeScopeCLI

CommandLineTool.guardProcess()
exit(await CommandLineTool.run(Array(CommandLine.arguments.dropFirst())))
