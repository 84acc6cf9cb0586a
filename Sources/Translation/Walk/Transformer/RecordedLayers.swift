import DragomanLayers
import DragomanTensor

/// What layers read and gave in a pass, by the names of their parameters.
struct RecordedLayers {
  private let recorder: Recorder
  private let layout: ParameterLayout

  /// What a pass kept; it has to have a recorder.
  init(_ pass: Pass) {
    guard let recorder = pass.recorder else {
      preconditionFailure("a walk through a pass without a recorder")
    }
    self.init(recorder, pass.weights.layout)
  }

  /// What was kept of layers with this layout.
  init(_ recorder: Recorder, _ layout: ParameterLayout) {
    (self.recorder, self.layout) = (recorder, layout)
  }

  /// What is kept without the name of a parameter.
  subscript(value: Recorder.Value) -> [[Float]] { recorder[value] }

  /// What is kept beside the name of a parameter; `kind` is a case of ``Recorder/Value``.
  subscript(kind: (Parameter) -> Recorder.Value, name: String) -> [[Float]] {
    guard let entry = layout.entries.first(where: { $0.name == name }) else {
      preconditionFailure("no parameter \(name)")
    }
    return recorder[kind(entry.handle)]
  }

  /// What the linear layer or the norm with a parameter of this name read.
  func read(_ name: String) -> [[Float]] { self[Recorder.Value.read, name] }

  /// What the linear layer or the norm with a parameter of this name gave.
  func gave(_ name: String) -> [[Float]] { self[Recorder.Value.gave, name] }

  /// Whether there is a parameter of this name.
  func has(_ name: String) -> Bool { layout.entries.contains { $0.name == name } }
}
