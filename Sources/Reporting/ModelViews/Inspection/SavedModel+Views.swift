import DragomanFormats
import DragomanModels
import DragomanText
import DragomanTranslation

extension SavedModel {
  /// The architecture in one sentence.
  var architecture: String {
    switch self {
    case .translation(let file): file.model.configuration.words
    case .classification(let file):
      "\(file.trained.model.configuration.words); \(NumberText.grouped(file.trained.labels.count)) classes"
    case .captioning(let file): file.trained.model.configuration.words
    }
  }

  /// What reads; `nil` of a model that translates.
  var encoder: Encoder? {
    switch self {
    case .translation: nil
    case .classification(let file): file.trained.model.encoder
    case .captioning(let file): file.trained.model.encoder
    }
  }

  /// What a model that reads images looks for first; `nil` of others.
  var filters: ImageFilters? {
    switch self {
    case .translation: nil
    case .classification(let file): file.trained.model.filters(file.weights)
    case .captioning(let file): file.trained.model.filters(file.weights)
    }
  }

  /// What makes numbers of text, by the side that it is for; one if both sides share it.
  var codecs: [(side: String, codec: TextCodec)] {
    switch self {
    case .translation(let file):
      file.source == file.target
        ? [("shared", file.source)] : [("source", file.source), ("target", file.target)]
    case .classification(let file): file.trained.codec.map { [("source", $0)] } ?? []
    case .captioning(let file): [("target", file.trained.target)]
    }
  }

  /// The names of the classes, if the model tells classes.
  var labels: [String]? {
    switch self {
    case .translation, .captioning: nil
    case .classification(let file): file.trained.labels
    }
  }

  /// The configuration, with the architecture as this version writes it: files of earlier ones may name it otherwise.
  var comparable: JSON {
    let (key, architecture) =
      switch self {
      case .translation(let file): ("model", file.model.configuration.json)
      case .classification(let file): ("classifier", file.trained.model.configuration.json)
      case .captioning(let file): ("model", file.trained.model.configuration.json)
      }
    let members = (stored.configuration.members ?? []).map { member in
      member.name == key ? JSON.Member(name: member.name, value: architecture) : member
    }
    return .object(members)
  }
}
