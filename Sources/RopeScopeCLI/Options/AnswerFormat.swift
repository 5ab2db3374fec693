import ArgumentParser

/// How commands give an answer that has no other forms.
enum AnswerFormat: String, ExpressibleByArgument, CaseIterable { case text, json }
