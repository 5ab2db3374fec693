import Foundation
import RopeScopeCLI

exit(await CommandLineTool.run(Array(CommandLine.arguments.dropFirst())))
