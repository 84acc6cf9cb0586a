/// A shell that can complete what is typed after `dragoman`.
enum Shell: String, CaseIterable, Sendable {
  case bash
  case zsh
  case fish

  /// The script that tells this shell about all commands; made from their definitions.
  func script(_ commands: [CommandDefinition], topics: [String]) -> String {
    switch self {
    case .bash: BashCompletion(commands: commands, topics: topics).script
    case .zsh: ZshCompletion(commands: commands, topics: topics).script
    case .fish: FishCompletion(commands: commands, topics: topics).script
    }
  }
}
