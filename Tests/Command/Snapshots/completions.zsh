#compdef dragoman
# Completion of dragoman for zsh, made by "dragoman completions zsh".

# Keys with the equals sign that follows them, and after it the words that a key takes.
_dragoman_keys() {
  if ! compset -P '*='; then
    compadd -S = -q - "$@"
    return
  fi
  case ${${IPREFIX%=}##*=} in
        (task) compadd - translation classification captioning ;;
        (preset) compadd - none auto translation transliteration g2p ;;
        (data.languages.source) compadd - null ;;
        (data.languages.target) compadd - null ;;
        (data.decodeEntities) compadd - true false ;;
        (data.images.height) compadd - null ;;
        (data.images.width) compadd - null ;;
        (data.images.channels) compadd - null ;;
        (data.images.fit) compadd - stretch crop pad ;;
        (data.images.augment.flip) compadd - true false ;;
        (data.features.maximumRows) compadd - null ;;
        (tokenizer.kind) compadd - word character bpe ;;
        (tokenizer.targetKind) compadd - word character bpe null ;;
        (tokenizer.shared) compadd - true false ;;
        (tokenizer.lowercase) compadd - true false source ;;
        (tokenizer.normalization) compadd - none nfc nfkc ;;
        (tokenizer.punctuation) compadd - asIs folded ;;
        (model.encoder.kind) compadd - recurrent transformer vision convolutional features ;;
        (model.encoder.cell) compadd - gru lstm ssru ;;
        (model.encoder.bidirectional) compadd - true false ;;
        (model.encoder.residual) compadd - true false ;;
        (model.encoder.layerNormalization) compadd - true false ;;
        (model.encoder.normalization) compadd - before after ;;
        (model.encoder.activation) compadd - relu gelu silu ;;
        (model.encoder.positions) compadd - sinusoid learnt ;;
        (model.encoder.normalizer) compadd - softmax relu ;;
        (model.encoder.window) compadd - null ;;
        (model.encoder.attentionDropout) compadd - null ;;
        (model.encoder.innerDropout) compadd - null ;;
        (model.encoder.batchNormalization) compadd - true false ;;
        (model.encoder.size) compadd - null ;;
        (model.decoder.kind) compadd - recurrent transformer ;;
        (model.decoder.cell) compadd - gru lstm ssru ;;
        (model.decoder.residual) compadd - true false ;;
        (model.decoder.layerNormalization) compadd - true false ;;
        (model.decoder.initialState) compadd - backward top layerwise mean zero ;;
        (model.decoder.bridge) compadd - true false ;;
        (model.decoder.feeding) compadd - none context attentional true false ;;
        (model.decoder.output.kind) compadd - direct deep ;;
        (model.decoder.output.hidden) compadd - null ;;
        (model.decoder.output.embedding) compadd - true false ;;
        (model.decoder.selfAttention) compadd - attention ssru ;;
        (model.decoder.normalization) compadd - before after ;;
        (model.decoder.activation) compadd - relu gelu silu ;;
        (model.decoder.positions) compadd - sinusoid learnt ;;
        (model.decoder.normalizer) compadd - softmax relu ;;
        (model.decoder.window) compadd - null ;;
        (model.decoder.attentionDropout) compadd - null ;;
        (model.decoder.innerDropout) compadd - null ;;
        (model.attention.score) compadd - additive dot general location ;;
        (model.attention.coverage) compadd - true false ;;
        (model.attention.positions) compadd - null ;;
        (model.attention.gate) compadd - true false ;;
        (model.tied) compadd - none output languages all ;;
        (model.dropout.variational) compadd - true false ;;
        (classifier.encoder.kind) compadd - recurrent transformer vision convolutional features ;;
        (classifier.encoder.cell) compadd - gru lstm ssru ;;
        (classifier.encoder.bidirectional) compadd - true false ;;
        (classifier.encoder.residual) compadd - true false ;;
        (classifier.encoder.layerNormalization) compadd - true false ;;
        (classifier.encoder.normalization) compadd - before after ;;
        (classifier.encoder.activation) compadd - relu gelu silu ;;
        (classifier.encoder.positions) compadd - sinusoid learnt ;;
        (classifier.encoder.normalizer) compadd - softmax relu ;;
        (classifier.encoder.window) compadd - null ;;
        (classifier.encoder.attentionDropout) compadd - null ;;
        (classifier.encoder.innerDropout) compadd - null ;;
        (classifier.encoder.batchNormalization) compadd - true false ;;
        (classifier.encoder.size) compadd - null ;;
        (classifier.input) compadd - texts features ;;
        (classifier.pooling) compadd - cls mean attention ;;
        (training.epochs) compadd - null ;;
        (training.updates) compadd - null ;;
        (training.batchTokens) compadd - null ;;
        (training.memory) compadd - null ;;
        (training.pieces) compadd - null ;;
        (training.optimizer.kind) compadd - adam adamw sgd ;;
        (training.schedule.kind) compadd - constant inverseSquareRoot plateau step cosine ;;
        (training.schedule.reload) compadd - true false ;;
        (training.schedule.length) compadd - null ;;
        (training.average.kind) compadd - none ema ;;
        (training.classWeights) compadd - none balanced ;;
        (training.freeze) compadd - none encoder ;;
        (training.clipNorm) compadd - null ;;
        (training.onDivergence) compadd - stop skip reloadAndLower ;;
        (training.divergedAbove) compadd - null ;;
        (training.validateEvery) compadd - epoch ;;
        (training.patience) compadd - null ;;
        (training.stopOn) compadd - first all any ;;
        (training.samples) compadd - null ;;
        (training.saveEvery) compadd - null ;;
        (decoding.search) compadd - beam sampling ;;
        (decoding.beamThreshold) compadd - null ;;
        (decoding.lengthNormalization) compadd - none average gnmt ;;
        (decoding.maximumRatio) compadd - null ;;
        (decoding.topP) compadd - null ;;
        (decoding.forbidUnknown) compadd - true false ;;
        (decoding.replaceUnknown) compadd - true false ;;
  esac
}

_dragoman() {
  local context state state_descr line
  typeset -A opt_args
  _arguments -C -S \
    '(- *)--help[Show this help.]' \
    '(- *)--version[Show the version.]' \
    '1:command:->command' \
    '*::argument:->argument'
  case $state in
  command)
    local -a commands
    commands=(
      'new:Write a configuration for a corpus.'
      'check:Look for problems in the data of a configuration.'
      'train:Train a model as a configuration file says.'
      'translate:Translate phrases, or standard input line by line.'
      'inspect:Show what is in a model file.'
      'runs:List the runs with their state and best scores.'
      'classify:Tell the class of texts, images or features.'
      'caption:Write captions of images or features.'
      'score:Give the log-probability of given translations.'
      'evaluate:Compare translations with references: BLEU, chrF, TER and others.'
      'compare:Show training runs beside each other.'
      'explain:Walk an example through a model, number by number.'
      'encode:Print the pairs of a configuration as token numbers.'
      'average:Average the weights of several checkpoints into one model.'
      'export:Write a model in fewer bits, for a smaller file.'
      'benchmark:Time training and decoding beside what this machine can do at most.'
      'doctor:Say what this build can use here, and whether it computes rightly.'
      'schema:Print the JSON Schema of configuration files, or of what a command prints.'
      'completions:Print a script that lets a shell complete commands and options.'
      'manual:Print the manual page, for man.'
      'help:Tell more about a command.'
    )
    _describe -t commands command commands
    ;;
  argument)
    case $words[1] in
    help)
      _arguments '1:topic:(new check train translate inspect runs classify caption score evaluate compare explain encode average export benchmark doctor schema completions manual configuration)'
      ;;
    new)
      _arguments -S \
        '--source=[Sources, a line each; with --target.]:FILE:_files' \
        '--target=[Their translations, a line each.]:FILE:_files' \
        '--corpus=[Both sides in one file, in place of the operand.]:FILE:_files' \
        '--images=[Images to be classified\: the corpus names their files in this folder, or else each folder in it is a class.]:FOLDER:_files -/' \
        '--validation=[Validation pairs, in such a file. Default\: pairs of the corpus are held out.]:FILE:_files' \
        '--format=[What the files with both sides are, and standard input ("-")\: tsv, csv, jsonl, tmx, po, xliff.]:FORMAT:(tsv csv jsonl tmx po xliff)' \
        '--columns=[Columns of a .tsv or .csv file, counted from 1, such as 2,4.]:SOURCE,TARGET: ' \
        '--languages=[Codes of the two languages, such as en,fr; TMX needs them.]:SOURCE,TARGET: ' \
        '--task=[What it is for\: translation, transliteration, g2p, classification.]:NAME:(translation transliteration g2p classification)' \
        '--family=[What encoder and decoder are\: recurrent or transformer; of images convolutional or vision.]:NAME:(recurrent transformer vision convolutional)' \
        '--name=[Name of the run.]:NAME: ' \
        '--output=[The configuration that is written; "-" is standard output.]:FILE:_files' \
        '--threads=[Threads that compute; the result does not depend on it.]:N: ' \
        '--no-estimate[Do not try the training for a second or two to tell how long it will take.]' \
        '(- *)--help[Show this help.]' \
        '1:FILE:_files'
      ;;
    check)
      _arguments -S \
        '--config=[The configuration, in place of the operand.]:CONFIG:_files' \
        '*--set=[Override one key of the configuration. VALUE is JSON or a bare text.]:KEY=VALUE: _dragoman_keys name task preset data.train data.validation data.test data.columns.source data.columns.target data.languages.source data.languages.target data.decodeEntities data.images.folder data.images.height data.images.width data.images.channels data.images.fit data.images.mean data.images.deviation data.images.augment.crop data.images.augment.shift data.images.augment.flip data.images.augment.erase data.images.augment.noise data.features.folder data.features.mean data.features.deviation data.features.maximumRows data.maximumLength data.augment tokenizer.kind tokenizer.targetKind tokenizer.vocabulary tokenizer.minimumFrequency tokenizer.dropout tokenizer.shared tokenizer.lowercase tokenizer.normalization tokenizer.punctuation model.embedding model.encoder.kind model.encoder.cell model.encoder.hidden model.encoder.layers model.encoder.bidirectional model.encoder.residual model.encoder.layerNormalization model.encoder.width model.encoder.heads model.encoder.inner model.encoder.normalization model.encoder.activation model.encoder.positions model.encoder.maximumPositions model.encoder.normalizer model.encoder.window model.encoder.attentionDropout model.encoder.innerDropout model.encoder.patch model.encoder.stages model.encoder.batchNormalization model.encoder.epsilon model.encoder.momentum model.encoder.size model.decoder.kind model.decoder.cell model.decoder.hidden model.decoder.layers model.decoder.residual model.decoder.layerNormalization model.decoder.initialState model.decoder.bridge model.decoder.feeding model.decoder.output.kind model.decoder.output.hidden model.decoder.output.embedding model.decoder.selfAttention model.decoder.width model.decoder.heads model.decoder.inner model.decoder.normalization model.decoder.activation model.decoder.positions model.decoder.maximumPositions model.decoder.normalizer model.decoder.window model.decoder.attentionDropout model.decoder.innerDropout model.attention.score model.attention.size model.attention.coverage model.attention.positions model.attention.gate model.attention.doublyStochastic model.tied model.dropout model.dropout.embedding model.dropout.layers model.dropout.encoded model.dropout.output model.dropout.variational model.dropout.states model.dropout.sourceWords model.dropout.targetWords classifier.embedding classifier.encoder.kind classifier.encoder.cell classifier.encoder.hidden classifier.encoder.layers classifier.encoder.bidirectional classifier.encoder.residual classifier.encoder.layerNormalization classifier.encoder.width classifier.encoder.heads classifier.encoder.inner classifier.encoder.normalization classifier.encoder.activation classifier.encoder.positions classifier.encoder.maximumPositions classifier.encoder.normalizer classifier.encoder.window classifier.encoder.attentionDropout classifier.encoder.innerDropout classifier.encoder.patch classifier.encoder.stages classifier.encoder.batchNormalization classifier.encoder.epsilon classifier.encoder.momentum classifier.encoder.size classifier.input classifier.pooling classifier.dropout.embedding classifier.dropout.layers classifier.dropout.encoded classifier.dropout.pooled classifier.dropout.words training.epochs training.updates training.batchTokens training.batchImages training.memory training.accumulate training.pieces training.optimizer.kind training.optimizer.learningRate training.optimizer.beta1 training.optimizer.beta2 training.optimizer.epsilon training.optimizer.weightDecay training.optimizer.momentum training.schedule.kind training.schedule.warmup training.schedule.factor training.schedule.patience training.schedule.reload training.schedule.after training.schedule.every training.schedule.length training.schedule.floor training.average.kind training.average.decay training.labelSmoothing training.classWeights training.freeze training.clipNorm training.onDivergence training.divergedAbove training.seed training.validateEvery training.patience training.metrics training.stopOn training.samples training.keep training.saveEvery training.logEvery decoding.search decoding.beam decoding.beamThreshold decoding.lengthNormalization decoding.lengthExponent decoding.coveragePenalty decoding.maximumLength decoding.maximumRatio decoding.minimumLength decoding.minimumRatio decoding.noRepeat decoding.temperature decoding.topK decoding.topP decoding.seed decoding.forbidUnknown decoding.replaceUnknown decoding.batch' \
        '--estimate[Also try the training for a second or two, and tell about how long it will take on this machine.]' \
        '--threads=[Threads that compute; the result does not depend on it.]:N: ' \
        '--json[Print JSON, an object per line.]' \
        '(- *)--help[Show this help.]' \
        '1:CONFIG:_files'
      ;;
    train)
      _arguments -S \
        '--config=[The configuration, in place of the operand.]:CONFIG:_files' \
        '*--set=[Override one key of the configuration. VALUE is JSON or a bare text.]:KEY=VALUE: _dragoman_keys name task preset data.train data.validation data.test data.columns.source data.columns.target data.languages.source data.languages.target data.decodeEntities data.images.folder data.images.height data.images.width data.images.channels data.images.fit data.images.mean data.images.deviation data.images.augment.crop data.images.augment.shift data.images.augment.flip data.images.augment.erase data.images.augment.noise data.features.folder data.features.mean data.features.deviation data.features.maximumRows data.maximumLength data.augment tokenizer.kind tokenizer.targetKind tokenizer.vocabulary tokenizer.minimumFrequency tokenizer.dropout tokenizer.shared tokenizer.lowercase tokenizer.normalization tokenizer.punctuation model.embedding model.encoder.kind model.encoder.cell model.encoder.hidden model.encoder.layers model.encoder.bidirectional model.encoder.residual model.encoder.layerNormalization model.encoder.width model.encoder.heads model.encoder.inner model.encoder.normalization model.encoder.activation model.encoder.positions model.encoder.maximumPositions model.encoder.normalizer model.encoder.window model.encoder.attentionDropout model.encoder.innerDropout model.encoder.patch model.encoder.stages model.encoder.batchNormalization model.encoder.epsilon model.encoder.momentum model.encoder.size model.decoder.kind model.decoder.cell model.decoder.hidden model.decoder.layers model.decoder.residual model.decoder.layerNormalization model.decoder.initialState model.decoder.bridge model.decoder.feeding model.decoder.output.kind model.decoder.output.hidden model.decoder.output.embedding model.decoder.selfAttention model.decoder.width model.decoder.heads model.decoder.inner model.decoder.normalization model.decoder.activation model.decoder.positions model.decoder.maximumPositions model.decoder.normalizer model.decoder.window model.decoder.attentionDropout model.decoder.innerDropout model.attention.score model.attention.size model.attention.coverage model.attention.positions model.attention.gate model.attention.doublyStochastic model.tied model.dropout model.dropout.embedding model.dropout.layers model.dropout.encoded model.dropout.output model.dropout.variational model.dropout.states model.dropout.sourceWords model.dropout.targetWords classifier.embedding classifier.encoder.kind classifier.encoder.cell classifier.encoder.hidden classifier.encoder.layers classifier.encoder.bidirectional classifier.encoder.residual classifier.encoder.layerNormalization classifier.encoder.width classifier.encoder.heads classifier.encoder.inner classifier.encoder.normalization classifier.encoder.activation classifier.encoder.positions classifier.encoder.maximumPositions classifier.encoder.normalizer classifier.encoder.window classifier.encoder.attentionDropout classifier.encoder.innerDropout classifier.encoder.patch classifier.encoder.stages classifier.encoder.batchNormalization classifier.encoder.epsilon classifier.encoder.momentum classifier.encoder.size classifier.input classifier.pooling classifier.dropout.embedding classifier.dropout.layers classifier.dropout.encoded classifier.dropout.pooled classifier.dropout.words training.epochs training.updates training.batchTokens training.batchImages training.memory training.accumulate training.pieces training.optimizer.kind training.optimizer.learningRate training.optimizer.beta1 training.optimizer.beta2 training.optimizer.epsilon training.optimizer.weightDecay training.optimizer.momentum training.schedule.kind training.schedule.warmup training.schedule.factor training.schedule.patience training.schedule.reload training.schedule.after training.schedule.every training.schedule.length training.schedule.floor training.average.kind training.average.decay training.labelSmoothing training.classWeights training.freeze training.clipNorm training.onDivergence training.divergedAbove training.seed training.validateEvery training.patience training.metrics training.stopOn training.samples training.keep training.saveEvery training.logEvery decoding.search decoding.beam decoding.beamThreshold decoding.lengthNormalization decoding.lengthExponent decoding.coveragePenalty decoding.maximumLength decoding.maximumRatio decoding.minimumLength decoding.minimumRatio decoding.noRepeat decoding.temperature decoding.topK decoding.topP decoding.seed decoding.forbidUnknown decoding.replaceUnknown decoding.batch' \
        '--from=[Begin with the weights, architecture and vocabularies of a model, not with random weights\: of a file, or of the folder of a run.]:MODEL:_files' \
        '--extend-vocabulary[With --from\: append words or characters of the new training pairs that the model does not know, up to tokenizer.vocabulary entries. Byte pairs know everything.]' \
        '--resume[Go on with the run where it was stopped, as if nothing had happened.]' \
        '--restart[Throw away the run of this name and begin again.]' \
        '--runs=[Where the run'\''s folder is made, named after the run.]:FOLDER:_files -/' \
        '--threads=[Threads that compute; the result does not depend on it.]:N: ' \
        '--timeout=[How long one of several processes waits for another before all of them end.]:SECONDS: ' \
        '--no-report[Write no report.html.]' \
        '--no-tensorboard[Write no event files for TensorBoard.]' \
        '--quiet[Say nothing while training; errors and the model'\''s path are still told.]' \
        '--verbose[Keep each log entry on a line of its own, with the gradient'\''s length, and tell of checkpoints.]' \
        '--json[Print how the run ended as JSON instead of the model'\''s path.]' \
        '(- *)--help[Show this help.]' \
        '1:CONFIG:_files'
      ;;
    translate)
      _arguments -S \
        '*--model=[The model to use\: a file, or the folder of a run. Several write together, by the mean of their probabilities.]:MODEL:_files' \
        '--beam=[Follow N hypotheses side by side; 1 is greedy search.]:N: ' \
        '--sample[Draw the words by their probabilities instead of taking the best.]' \
        '--maximum-length=[Write at most so many tokens.]:N: ' \
        '*--set=[Override a key of decoding, such as decoding.noRepeat=3.]:KEY=VALUE: _dragoman_keys decoding.search decoding.beam decoding.beamThreshold decoding.lengthNormalization decoding.lengthExponent decoding.coveragePenalty decoding.maximumLength decoding.maximumRatio decoding.minimumLength decoding.minimumRatio decoding.noRepeat decoding.temperature decoding.topK decoding.topP decoding.seed decoding.forbidUnknown decoding.replaceUnknown decoding.batch' \
        '--dictionary=[Put words of this dictionary in the place of unknown ones\: a source word, a tab and its translation per line.]:FILE:_files' \
        '--n-best=[Give N translations of each line, with the line'\''s number and their scores; the beam is at least as wide.]:N: ' \
        '--prefix=[Begin each translation with this text.]:TEXT: ' \
        '--threads=[Threads that compute; the result does not depend on it.]:N: ' \
        '--attention[Also draw how much each token looked at each token of the source, in colours on a terminal.]' \
        '--html=[Also write a page with attention, confidences, alternatives and the search'\''s tree; "-" prints it instead.]:FILE:_files' \
        '--alignment=[Give, instead of each translation, which word came from which\: pharaoh, json or tsv.]:FORMAT:(pharaoh json tsv)' \
        '--no-history[Keep the lines that are typed at the prompt in no file.]' \
        '--layer=[Of a Transformer, show the attention of layer N, counted from 1.]:N: ' \
        '--head=[Of a Transformer, show head N of that layer, counted from 1.]:N: ' \
        '--mark-below=[Mark words of which the model is less sure than P\: dim, or with (?) where there is no colour. 0 marks none.]:P: ' \
        '--strict[Refuse standard input with a line that is not valid UTF-8 or has a lone carriage return; otherwise it is repaired, and told.]' \
        '--quiet[Say nothing besides results and errors\: no word of unknown words, for instance.]' \
        '--json[Print JSON, an object per line.]' \
        '(- *)--help[Show this help.]' \
        '*:PHRASE:_files'
      ;;
    inspect)
      _arguments -S \
        '--model=[The model, in place of the operand.]:MODEL:_files' \
        '--tensors[Show every tensor\: shape, bytes, mean, deviation, range, norm, non-finite numbers.]' \
        '--vocabulary[Show every entry of the vocabularies.]' \
        '--config[Show the configuration of the run, everything filled in, as JSON.]' \
        '--history[Show every validation of the training, and the curves of losses and scores.]' \
        '--search=[Show what the vocabularies make of a text, and which of their entries hold it.]:TEXT: ' \
        '--frequencies=[Count how often the entries of the vocabularies occur in a file, such as the training pairs; --search then tells it of what it finds. A line is a source, or a source, a tab and a target.]:FILE:_files' \
        '--neighbours=[Show the entries whose vectors are nearest to a word'\''s, by cosine.]:WORD: ' \
        '*--tensor=[Show a tensor'\''s numbers as a histogram and as a map of their sizes.]:NAME: ' \
        '--against=[Compare with another file or run\: configuration, vocabularies, and tensors by ‖a − b‖ / ‖b‖.]:MODEL:_files' \
        '--activations=[Run the model over the lines of a file and show how often gates are saturated and which units hardly move. A line is a source, or a source, a tab and a target.]:FILE:_files' \
        '--html=[Write a page instead\: training, vocabularies, configuration, pictures of every tensor, and maps of the word vectors.]:FILE:_files' \
        '--threads=[Threads that compute; the result does not depend on it.]:N: ' \
        '--json[Print JSON, an object per line.]' \
        '(- *)--help[Show this help.]' \
        '1:MODEL:_files'
      ;;
    runs)
      _arguments -S \
        '--runs=[The folder that holds the runs, in place of the operand.]:FOLDER:_files -/' \
        '--json[Print JSON, an object per line.]' \
        '(- *)--help[Show this help.]' \
        '1:FOLDER:_files -/'
      ;;
    classify)
      _arguments -S \
        '--model=[The model to use\: a file, or the folder of a run.]:MODEL:_files' \
        '--top=[Give the K most probable classes of each example.]:K: ' \
        '--attention[Also show how much each token, part or row counted, of a model whose pooling is by attention.]' \
        '--html=[Also write a page with the classes, and what counted; "-" prints it instead.]:FILE:_files' \
        '--threads=[Threads that compute; the result does not depend on it.]:N: ' \
        '--strict[Refuse standard input with a line that is not valid UTF-8 or has a lone carriage return; otherwise it is repaired, and told.]' \
        '--quiet[Say nothing besides results and errors\: no word of unknown words, for instance.]' \
        '--json[Print JSON, an object per line.]' \
        '(- *)--help[Show this help.]' \
        '*:EXAMPLE:_files'
      ;;
    caption)
      _arguments -S \
        '*--model=[The model to use\: a file, or the folder of a run. Several write together, by the mean of their probabilities.]:MODEL:_files' \
        '--beam=[Follow N hypotheses side by side; 1 is greedy search.]:N: ' \
        '--sample[Draw the words by their probabilities instead of taking the best.]' \
        '--maximum-length=[Write at most so many tokens.]:N: ' \
        '*--set=[Override a key of decoding, such as decoding.noRepeat=3.]:KEY=VALUE: _dragoman_keys decoding.search decoding.beam decoding.beamThreshold decoding.lengthNormalization decoding.lengthExponent decoding.coveragePenalty decoding.maximumLength decoding.maximumRatio decoding.minimumLength decoding.minimumRatio decoding.noRepeat decoding.temperature decoding.topK decoding.topP decoding.seed decoding.forbidUnknown decoding.replaceUnknown decoding.batch' \
        '--n-best=[Give N captions of each image, with their scores; the beam is at least as wide.]:N: ' \
        '--prefix=[Begin each caption with this text.]:TEXT: ' \
        '--attention[Also show where the model looked when it wrote each word.]' \
        '--html=[Also write a page with the images and where each word looked; "-" prints it instead.]:FILE:_files' \
        '--threads=[Threads that compute; the result does not depend on it.]:N: ' \
        '--strict[Refuse standard input with a line that is not valid UTF-8 or has a lone carriage return; otherwise it is repaired, and told.]' \
        '--quiet[Say nothing besides results and errors\: no word of unknown words, for instance.]' \
        '--json[Print JSON, an object per line.]' \
        '(- *)--help[Show this help.]' \
        '*:IMAGE:_files'
      ;;
    score)
      _arguments -S \
        '--model=[The model to use\: a file, or the folder of a run.]:MODEL:_files' \
        '--threads=[Threads that compute; the result does not depend on it.]:N: ' \
        '--tokens[Also print the log-probability of each token.]' \
        '--alignment=[Instead of scores, write which word of the source each word of the target looks at\: pharaoh, json or tsv, as translate does.]:FORMAT:(pharaoh json tsv)' \
        '--layer=[Of a Transformer, show the attention of layer N, counted from 1.]:N: ' \
        '--head=[Of a Transformer, show head N of that layer, counted from 1.]:N: ' \
        '--strict[Refuse standard input with a line that is not valid UTF-8 or has a lone carriage return; otherwise it is repaired, and told.]' \
        '--quiet[Say nothing besides results and errors\: no word of unknown words, for instance.]' \
        '--json[Print JSON, an object per line.]' \
        '(- *)--help[Show this help.]' \
        '*:SOURCE TARGET:_files'
      ;;
    evaluate)
      _arguments -S \
        '*--model=[The model to use\: a file, or the folder of a run. Several write together, by the mean of their probabilities.]:MODEL:_files' \
        '--beam=[Follow N hypotheses side by side; 1 is greedy search.]:N: ' \
        '--sample[Draw the words by their probabilities instead of taking the best.]' \
        '--maximum-length=[Write at most so many tokens.]:N: ' \
        '*--set=[Override a key of decoding, such as decoding.noRepeat=3.]:KEY=VALUE: _dragoman_keys decoding.search decoding.beam decoding.beamThreshold decoding.lengthNormalization decoding.lengthExponent decoding.coveragePenalty decoding.maximumLength decoding.maximumRatio decoding.minimumLength decoding.minimumRatio decoding.noRepeat decoding.temperature decoding.topK decoding.topP decoding.seed decoding.forbidUnknown decoding.replaceUnknown decoding.batch' \
        '--dictionary=[Put words of this dictionary in the place of unknown ones\: a source word, a tab and its translation per line.]:FILE:_files' \
        '*--pairs=[Sources and references to evaluate the model on\: a .tsv, .csv, .jsonl, .tmx, .po or .xlf file, read as the model'\''s training data were.]:FILE:_files' \
        '--format=[What the files with both sides are, and standard input ("-")\: tsv, csv, jsonl, tmx, po, xliff.]:FORMAT:(tsv csv jsonl tmx po xliff)' \
        '--source=[Sources, a line each; with --reference.]:FILE:_files' \
        '*--reference=[References, a line each; several files are several references of each line.]:FILE:_files' \
        '--hypothesis=[Finished translations, a line each\: no model is used.]:FILE:_files' \
        '--baseline=[Finished translations of another system\: say also how probable such a difference would be by chance (paired bootstrap, 1,000 draws).]:FILE:_files' \
        '--compare=[Another model, or the folder of a run, which translates the same sources in the same way\: say also how probable the difference would be by chance (paired bootstrap, 1,000 draws).]:MODEL:_files' \
        '--metrics=[What is computed, with commas between\: bleu, bleu1, bleu2, bleu3, bleu4, cider, chrf, chrf++, ter, exact, wer, cer, aer (default\: bleu,chrf,chrf++,ter,exact; of captions bleu1,bleu2,bleu3,bleu4,cider,chrf,exact).]:LIST:_sequence compadd - bleu bleu1 bleu2 bleu3 bleu4 cider chrf chrf++ ter exact wer cer aer' \
        '--tokenize=[How BLEU and CIDEr-D cut text into words\: 13a, intl, char, none (default\: 13a for bleu; none for bleu1 to bleu4 and cider).]:NAME:(13a intl char none)' \
        '--lowercase[Compare lower-case text.]' \
        '--html=[Also write a page with the classes that a classifier found in others'\'' places; "-" prints it instead.]:FILE:_files' \
        '--threads=[Threads that compute; the result does not depend on it.]:N: ' \
        '--quiet[Say nothing besides results and errors\: no word of unknown words, for instance.]' \
        '--json[Print JSON, an object per line.]' \
        '(- *)--help[Show this help.]' \
        '*:MODEL:_files'
      ;;
    compare)
      _arguments -S \
        '*--model=[A run, in place of an operand.]:RUN:_files -/' \
        '*--sentence=[Translate this with each run'\''s best model. Default on pages\: what the validations showed.]:TEXT: ' \
        '--html=[Write a page instead of a table\: figures, curves, and the same sentences as each best model translates them, with where it looked.]:FILE:_files' \
        '--threads=[Threads that compute; the result does not depend on it.]:N: ' \
        '--json[Print JSON, an object per line.]' \
        '(- *)--help[Show this help.]' \
        '*:RUN:_files -/'
      ;;
    explain)
      _arguments -S \
        '*--model=[The model to use\: a file, or the folder of a run; two to four that translate are shown side by side.]:MODEL:_files' \
        '--target=[Force this translation, as training does, instead of the model'\''s own greedy one; of a classifier, take the loss of this class.]:TEXT: ' \
        '--gradients[Also go back\: the gradients of the loss of the target, or else of what the model says itself.]' \
        '--html=[Write a page with every number beside its equation.]:FILE:_files' \
        '--threads=[Threads that compute; the result does not depend on it.]:N: ' \
        '--quiet[Say nothing besides results and errors\: no word of unknown words, for instance.]' \
        '--json[Print JSON, an object per line.]' \
        '(- *)--help[Show this help.]' \
        '*:EXAMPLE:_files'
      ;;
    encode)
      _arguments -S \
        '--config=[The configuration, in place of the operand.]:CONFIG:_files' \
        '*--set=[Override one key of the configuration. VALUE is JSON or a bare text.]:KEY=VALUE: _dragoman_keys name task preset data.train data.validation data.test data.columns.source data.columns.target data.languages.source data.languages.target data.decodeEntities data.images.folder data.images.height data.images.width data.images.channels data.images.fit data.images.mean data.images.deviation data.images.augment.crop data.images.augment.shift data.images.augment.flip data.images.augment.erase data.images.augment.noise data.features.folder data.features.mean data.features.deviation data.features.maximumRows data.maximumLength data.augment tokenizer.kind tokenizer.targetKind tokenizer.vocabulary tokenizer.minimumFrequency tokenizer.dropout tokenizer.shared tokenizer.lowercase tokenizer.normalization tokenizer.punctuation model.embedding model.encoder.kind model.encoder.cell model.encoder.hidden model.encoder.layers model.encoder.bidirectional model.encoder.residual model.encoder.layerNormalization model.encoder.width model.encoder.heads model.encoder.inner model.encoder.normalization model.encoder.activation model.encoder.positions model.encoder.maximumPositions model.encoder.normalizer model.encoder.window model.encoder.attentionDropout model.encoder.innerDropout model.encoder.patch model.encoder.stages model.encoder.batchNormalization model.encoder.epsilon model.encoder.momentum model.encoder.size model.decoder.kind model.decoder.cell model.decoder.hidden model.decoder.layers model.decoder.residual model.decoder.layerNormalization model.decoder.initialState model.decoder.bridge model.decoder.feeding model.decoder.output.kind model.decoder.output.hidden model.decoder.output.embedding model.decoder.selfAttention model.decoder.width model.decoder.heads model.decoder.inner model.decoder.normalization model.decoder.activation model.decoder.positions model.decoder.maximumPositions model.decoder.normalizer model.decoder.window model.decoder.attentionDropout model.decoder.innerDropout model.attention.score model.attention.size model.attention.coverage model.attention.positions model.attention.gate model.attention.doublyStochastic model.tied model.dropout model.dropout.embedding model.dropout.layers model.dropout.encoded model.dropout.output model.dropout.variational model.dropout.states model.dropout.sourceWords model.dropout.targetWords classifier.embedding classifier.encoder.kind classifier.encoder.cell classifier.encoder.hidden classifier.encoder.layers classifier.encoder.bidirectional classifier.encoder.residual classifier.encoder.layerNormalization classifier.encoder.width classifier.encoder.heads classifier.encoder.inner classifier.encoder.normalization classifier.encoder.activation classifier.encoder.positions classifier.encoder.maximumPositions classifier.encoder.normalizer classifier.encoder.window classifier.encoder.attentionDropout classifier.encoder.innerDropout classifier.encoder.patch classifier.encoder.stages classifier.encoder.batchNormalization classifier.encoder.epsilon classifier.encoder.momentum classifier.encoder.size classifier.input classifier.pooling classifier.dropout.embedding classifier.dropout.layers classifier.dropout.encoded classifier.dropout.pooled classifier.dropout.words training.epochs training.updates training.batchTokens training.batchImages training.memory training.accumulate training.pieces training.optimizer.kind training.optimizer.learningRate training.optimizer.beta1 training.optimizer.beta2 training.optimizer.epsilon training.optimizer.weightDecay training.optimizer.momentum training.schedule.kind training.schedule.warmup training.schedule.factor training.schedule.patience training.schedule.reload training.schedule.after training.schedule.every training.schedule.length training.schedule.floor training.average.kind training.average.decay training.labelSmoothing training.classWeights training.freeze training.clipNorm training.onDivergence training.divergedAbove training.seed training.validateEvery training.patience training.metrics training.stopOn training.samples training.keep training.saveEvery training.logEvery decoding.search decoding.beam decoding.beamThreshold decoding.lengthNormalization decoding.lengthExponent decoding.coveragePenalty decoding.maximumLength decoding.maximumRatio decoding.minimumLength decoding.minimumRatio decoding.noRepeat decoding.temperature decoding.topK decoding.topP decoding.seed decoding.forbidUnknown decoding.replaceUnknown decoding.batch' \
        '--validation[Print the validation pairs instead of the training pairs.]' \
        '--tokens[Also print each token as a person should see it.]' \
        '(- *)--help[Show this help.]' \
        '1:CONFIG:_files'
      ;;
    average)
      _arguments -S \
        '*--model=[A model, in place of an operand.]:MODEL:_files' \
        '--output=[Where the averaged model is written; "-" is standard output.]:FILE:_files' \
        '(- *)--help[Show this help.]' \
        '*:MODEL:_files'
      ;;
    export)
      _arguments -S \
        '--model=[The model, in place of the operand.]:MODEL:_files' \
        '--precision=[How matrices are stored\: f32, f16, bf16 or int8.]:PRECISION:(f32 f16 bf16 int8)' \
        '--output=[Where the model is written, also -o; "-" is standard output.]:FILE:_files' \
        '--json[Print JSON, an object per line.]' \
        '--quiet[Say nothing besides results and errors\: no word of unknown words, for instance.]' \
        '(- *)--help[Show this help.]' \
        '1:MODEL:_files'
      ;;
    benchmark)
      _arguments -S \
        '--config=[The configuration, in place of the operand.]:CONFIG:_files' \
        '--sentences=[Sentences of a batch.]:N: ' \
        '--length=[Tokens of each source and each target.]:N: ' \
        '--source-length=[Tokens of each source.]:N: ' \
        '--vocabulary=[Entries of each vocabulary.]:N: ' \
        '--beam=[Hypotheses of a sentence that decoding follows.]:N: ' \
        '--steps=[Steps that are timed; the median counts.]:N: ' \
        '--products[Time products of matrices alone, at the shapes of the model and at common ones.]' \
        '--convolutions[Time convolutions alone, at common shapes.]' \
        '--vision[Time training steps of a vision transformer alone.]' \
        '--threads=[Threads that compute; the result does not depend on it.]:N: ' \
        '--json[Print JSON, an object per line.]' \
        '(- *)--help[Show this help.]' \
        '1:CONFIG:_files'
      ;;
    doctor)
      _arguments -S \
        '--threads=[Threads that compute; the result does not depend on it.]:N: ' \
        '--json[Print JSON, an object per line.]' \
        '(- *)--help[Show this help.]'
      ;;
    schema)
      _arguments -S \
        '--markdown[Print the documentation of all keys as Markdown instead.]' \
        '--command=[Print the JSON Schema of what a command prints with --json\: check, train, translate, inspect, runs, classify, caption, score, evaluate, compare, explain, encode, export, benchmark, doctor, error; "error" is what stands on standard error.]:NAME:(check train translate inspect runs classify caption score evaluate compare explain encode export benchmark doctor error)' \
        '(- *)--help[Show this help.]'
      ;;
    completions)
      _arguments -S \
        '(- *)--help[Show this help.]' \
        '1:SHELL:(bash zsh fish)'
      ;;
    manual)
      _arguments -S \
        '(- *)--help[Show this help.]'
      ;;
    esac
    ;;
  esac
}

if [[ $funcstack[1] == _dragoman ]]; then _dragoman "$@"; else compdef _dragoman dragoman; fi
