import ArgumentParser
import Foundation
import RopeInference
import RopeTokenizer

/// Whether a prompt stands in the model's chat format.
struct ChatOptions: ParsableArguments {
  @Flag(help: "Ask in the chat format of the model's own template, as what a user says.") var chat = false

  @Option(help: "What the system says first, with --chat.") var system: String?

  @Option(
    help: "A chat template in place of the model's own, with --chat.", completion: .file(extensions: ["jinja"]))
  var chatTemplate: String?

  @Option(help: "The day that a template is told which asks for it, as 2024-07-26, with --chat.") var chatDate: String?

  var inputs: [CommandInput] { chatTemplate.map { [.file($0)] } ?? [] }

  func validate() throws {
    guard chat || system == nil && chatTemplate == nil && chatDate == nil else {
      throw ValidationError("--system, --chat-template and --chat-date go with --chat")
    }
  }

  /// What stands before and after a prompt; nil without --chat.
  func frame(of model: String, _ tokenizer: Tokenizer) throws -> EvaluationSource.Frame? {
    guard chat else { return nil }
    let marker = "\u{E000}prompt\u{E000}"
    let text = try render(marker, of: model, tokenizer)
    guard let place = text.range(of: marker), text.range(of: marker, range: place.upperBound..<text.endIndex) == nil
    else {
      throw Failure(kind: "chat", "the chat template does not write once what a user says")
    }
    return EvaluationSource.Frame(
      before: String(text[..<place.lowerBound]), after: String(text[place.upperBound...]))
  }

  /// The conversation in which a user says a text.
  func render(_ text: String, of model: String, _ tokenizer: Tokenizer) throws -> String {
    let template = try template(of: model, tokenizer)
    do throws(ChatTemplateError) {
      return try template.render(
        (system.map { [ChatMessage(role: "system", content: $0)] } ?? [])
          + [ChatMessage(role: "user", content: text)])
    } catch { throw Failure(kind: "chat", error.description, path: chatTemplate) }
  }

  private func template(of model: String, _ tokenizer: Tokenizer) throws -> ChatTemplate {
    var template: ChatTemplate
    let own = try ChatTemplate(model: model, tokenizer: tokenizer)
    if let chatTemplate {
      guard let text = String(validating: try SourceFile.bytes(chatTemplate), as: UTF8.self) else {
        throw Failure(kind: "malformed", "the chat template is not UTF-8", path: chatTemplate)
      }
      do throws(ChatTemplateError) { template = try ChatTemplate(text, tokens: own?.tokens ?? [:]) } catch {
        throw Failure(kind: "chat", error.description, path: chatTemplate)
      }
    } else if let own {
      template = own
    } else {
      throw Failure(kind: "chat", "the model has no chat template; name one with --chat-template FILE", path: model)
    }
    if let chatDate {
      guard let date = ChatDate(chatDate) else {
        throw Failure.usage("--chat-date is “\(chatDate)”; a day as 2024-07-26 is expected")
      }
      template.date = date
    }
    return template
  }
}
