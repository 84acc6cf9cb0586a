/// Why a run cannot begin with a model.
package enum PretrainedModelError: Error, Equatable {
  /// The configuration states another architecture or tokenizer than the model has.
  case otherConfiguration(path: String, model: String, differences: [String])
  /// A run whose task has no use for the model.
  case otherTask(path: String, found: String, task: String)
  /// A model of images has no vocabulary that could be extended.
  case noVocabulary(path: String)
  /// The vocabulary of byte pairs has nothing to be appended to.
  case nothingUnknown(path: String)
  /// The vocabulary's special tokens do not come first.
  case otherSpecials(path: String)
}

extension PretrainedModelError: CustomStringConvertible {
  /// What is wrong, and what to do.
  package var description: String {
    switch self {
    case .otherConfiguration(let path, let model, let differences):
      """
      \(path): the model \(model) was made with other values: \(differences.joined(separator: ", ")). \
      Leave these keys out: a run that begins with a model has its architecture and tokenizer.
      """
    case .otherTask(let path, let found, let task):
      """
      \(path): a model for \(found), but expected one for \(task), which the task of the run is. Set task to \
      "\(found)", or leave out --from.
      """
    case .noVocabulary(let path):
      "\(path): this model reads images, and has no vocabulary. Leave out --extend-vocabulary."
    case .nothingUnknown(let path):
      """
      \(path): the tokens of this model are byte pairs, to which nothing is unknown. Leave out \
      --extend-vocabulary.
      """
    case .otherSpecials(let path):
      """
      \(path): the vocabulary does not begin with <unk>, <s> and </s>, so nothing can be appended. \
      Leave out --extend-vocabulary.
      """
    }
  }
}
