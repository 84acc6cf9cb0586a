import DragomanSystem
import DragomanFormats

/// How much the examples of each class count: `training.classWeights` of a configuration.
package enum ClassWeighting: Sendable, Equatable {
  /// All alike.
  case none
  /// The fewer examples a class has, the more each of them counts: N / (K · Nₖ) for a class of Nₖ of all N examples.
  ///
  /// So all classes together weigh as much as without weights, and each as much as any other; scikit-learn's
  /// `class_weight="balanced"` is the same.
  case balanced
  /// Some weights by the names of classes; a class that is not named has 1.
  case stated([ClassWeight])

  /// The weights of classes, in their order; `nil` if all count alike.
  ///
  /// - Throws: ``ClassificationError/weightOfUnknownClass(name:nearest:known:)``.
  func weights(
    _ labels: ClassLabels, counts: [Int]
  ) throws(ClassificationError) -> [Float]? {
    switch self {
    case .none: return nil
    case .balanced:
      let share = Double(counts.reduce(0, +)) / Double(max(counts.count { $0 > 0 }, 1))
      // A class without examples, which only a model knows that the run began with, has the weight that it would have
      // alone.
      return counts.map { $0 == 0 ? 1 : Float(share / Double($0)) }
    case .stated(let stated):
      var weights = [Float](repeating: 1, count: labels.names.count)
      for weight in stated {
        guard let number = labels.number(of: weight.label) else {
          throw .weightOfUnknownClass(
            name: weight.label, nearest: Suggestion.nearest(to: weight.label, among: labels.names),
            known: labels.names.count)
        }
        weights[Int(number)] = Float(weight.weight)
      }
      return weights
    }
  }
}

/// How much each example of a class counts.
package struct ClassWeight: Sendable, Equatable {
  /// The name of the class.
  package let label: String
  /// Its weight, greater than 0.
  package let weight: Double

  /// The weight of a class.
  package init(label: String, weight: Double) { (self.label, self.weight) = (label, weight) }
}

extension ConfigurationType where Value == ClassWeighting {
  /// `"none"`, `"balanced"`, or an object of weights.
  static var classWeighting: Self {
    let names = ["none", "balanced"]
    let number = ConfigurationType<Double>.number(above: 0)
    let shape = ConfigurationShape.either([
      .choice(names), .mapping(number.shape, by: "the names of classes"),
    ])
    return Self(
      shape,
      write: { weighting in
        switch weighting {
        case .none: "none"
        case .balanced: "balanced"
        case .stated(let weights): .object(weights.map { ($0.label, .double($0.weight)) })
        }
      },
      read: { json, reader, value in
        if let members = json.members {
          value = .stated(
            members.map { member in
              var weight = 1.0
              reader.descend(to: member.name) { number.read(member.value, &$0, &weight) }
              return ClassWeight(label: member.name, weight: weight)
            })
        } else if json.string == "none" {
          value = .none
        } else if json.string == "balanced" {
          value = .balanced
        } else {
          reader.report(json, isNot: shape.words)
        }
      })
  }
}
