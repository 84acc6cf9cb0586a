# Completion of dragoman for bash, made by "dragoman completions bash".

# Of all candidates after the first word, those that begin with it.
_dragoman_words() {
  local word=$1 candidate
  shift
  for candidate; do
    if [[ $candidate == "$word"* ]]; then COMPREPLY+=("$candidate"); fi
  done
}

# The same after the last comma of the first word.
_dragoman_list() {
  local start="" candidate
  local -a candidates=()
  if [[ $1 == *,* ]]; then start=${1%,*},; fi
  for candidate in "${@:2}"; do candidates+=("$start$candidate"); done
  compopt -o nospace 2>/dev/null
  _dragoman_words "$1" "${candidates[@]}"
}

# The words that a key takes, each after the second argument; the third is what is there of one.
_dragoman_values() {
  local candidate
  local -a words=()
  case $1 in
        task) words=(translation classification captioning) ;;
        preset) words=(none auto translation transliteration g2p) ;;
        data.languages.source) words=(null) ;;
        data.languages.target) words=(null) ;;
        data.decodeEntities) words=(true false) ;;
        data.images.height) words=(null) ;;
        data.images.width) words=(null) ;;
        data.images.channels) words=(null) ;;
        data.images.fit) words=(stretch crop pad) ;;
        data.images.augment.flip) words=(true false) ;;
        data.features.maximumRows) words=(null) ;;
        tokenizer.kind) words=(word character bpe) ;;
        tokenizer.targetKind) words=(word character bpe null) ;;
        tokenizer.shared) words=(true false) ;;
        tokenizer.lowercase) words=(true false source) ;;
        tokenizer.normalization) words=(none nfc nfkc) ;;
        tokenizer.punctuation) words=(asIs folded) ;;
        model.encoder.kind) words=(recurrent transformer vision convolutional features) ;;
        model.encoder.cell) words=(gru lstm ssru) ;;
        model.encoder.bidirectional) words=(true false) ;;
        model.encoder.residual) words=(true false) ;;
        model.encoder.layerNormalization) words=(true false) ;;
        model.encoder.normalization) words=(before after) ;;
        model.encoder.activation) words=(relu gelu silu) ;;
        model.encoder.positions) words=(sinusoid learnt) ;;
        model.encoder.normalizer) words=(softmax relu) ;;
        model.encoder.window) words=(null) ;;
        model.encoder.attentionDropout) words=(null) ;;
        model.encoder.innerDropout) words=(null) ;;
        model.encoder.batchNormalization) words=(true false) ;;
        model.encoder.size) words=(null) ;;
        model.decoder.kind) words=(recurrent transformer) ;;
        model.decoder.cell) words=(gru lstm ssru) ;;
        model.decoder.residual) words=(true false) ;;
        model.decoder.layerNormalization) words=(true false) ;;
        model.decoder.initialState) words=(backward top layerwise mean zero) ;;
        model.decoder.bridge) words=(true false) ;;
        model.decoder.feeding) words=(none context attentional true false) ;;
        model.decoder.output.kind) words=(direct deep) ;;
        model.decoder.output.hidden) words=(null) ;;
        model.decoder.output.embedding) words=(true false) ;;
        model.decoder.selfAttention) words=(attention ssru) ;;
        model.decoder.normalization) words=(before after) ;;
        model.decoder.activation) words=(relu gelu silu) ;;
        model.decoder.positions) words=(sinusoid learnt) ;;
        model.decoder.normalizer) words=(softmax relu) ;;
        model.decoder.window) words=(null) ;;
        model.decoder.attentionDropout) words=(null) ;;
        model.decoder.innerDropout) words=(null) ;;
        model.attention.score) words=(additive dot general location) ;;
        model.attention.coverage) words=(true false) ;;
        model.attention.positions) words=(null) ;;
        model.attention.gate) words=(true false) ;;
        model.tied) words=(none output languages all) ;;
        model.dropout.variational) words=(true false) ;;
        classifier.encoder.kind) words=(recurrent transformer vision convolutional features) ;;
        classifier.encoder.cell) words=(gru lstm ssru) ;;
        classifier.encoder.bidirectional) words=(true false) ;;
        classifier.encoder.residual) words=(true false) ;;
        classifier.encoder.layerNormalization) words=(true false) ;;
        classifier.encoder.normalization) words=(before after) ;;
        classifier.encoder.activation) words=(relu gelu silu) ;;
        classifier.encoder.positions) words=(sinusoid learnt) ;;
        classifier.encoder.normalizer) words=(softmax relu) ;;
        classifier.encoder.window) words=(null) ;;
        classifier.encoder.attentionDropout) words=(null) ;;
        classifier.encoder.innerDropout) words=(null) ;;
        classifier.encoder.batchNormalization) words=(true false) ;;
        classifier.encoder.size) words=(null) ;;
        classifier.input) words=(texts features) ;;
        classifier.pooling) words=(cls mean attention) ;;
        training.epochs) words=(null) ;;
        training.updates) words=(null) ;;
        training.batchTokens) words=(null) ;;
        training.memory) words=(null) ;;
        training.pieces) words=(null) ;;
        training.optimizer.kind) words=(adam adamw sgd) ;;
        training.schedule.kind) words=(constant inverseSquareRoot plateau step cosine) ;;
        training.schedule.reload) words=(true false) ;;
        training.schedule.length) words=(null) ;;
        training.average.kind) words=(none ema) ;;
        training.classWeights) words=(none balanced) ;;
        training.freeze) words=(none encoder) ;;
        training.clipNorm) words=(null) ;;
        training.onDivergence) words=(stop skip reloadAndLower) ;;
        training.divergedAbove) words=(null) ;;
        training.validateEvery) words=(epoch) ;;
        training.patience) words=(null) ;;
        training.stopOn) words=(first all any) ;;
        training.samples) words=(null) ;;
        training.saveEvery) words=(null) ;;
        decoding.search) words=(beam sampling) ;;
        decoding.beamThreshold) words=(null) ;;
        decoding.lengthNormalization) words=(none average gnmt) ;;
        decoding.maximumRatio) words=(null) ;;
        decoding.topP) words=(null) ;;
        decoding.forbidUnknown) words=(true false) ;;
        decoding.replaceUnknown) words=(true false) ;;
  esac
  for candidate in "${words[@]}"; do
    if [[ $candidate == "$3"* ]]; then COMPREPLY+=("$2$candidate"); fi
  done
}

# Keys with the equals sign that follows them, and after it their values.
_dragoman_keys() {
  if [[ $1 == *=* ]]; then
    _dragoman_values "${1%%=*}" "${1%%=*}=" "${1#*=}"
    return
  fi
  compopt -o nospace 2>/dev/null
  _dragoman_words "$1" "${@:2}"
}

# Files (-f) or folders (-d).
_dragoman_paths() {
  local path
  compopt -o filenames 2>/dev/null
  while IFS= read -r path; do COMPREPLY+=("$path"); done < <(compgen "$2" -- "$1")
}

_dragoman() {
  local word=${COMP_WORDS[COMP_CWORD]} before=${COMP_WORDS[COMP_CWORD-1]}
  local command=${COMP_WORDS[1]} index options=1
  COMPREPLY=()
  if ((COMP_CWORD == 1)); then
    _dragoman_words "$word" new check train translate inspect runs classify caption score evaluate compare explain encode average export benchmark doctor schema completions manual help --help --version
    return
  fi
  if [[ $command == help ]]; then
    if ((COMP_CWORD == 2)); then _dragoman_words "$word" new check train translate inspect runs classify caption score evaluate compare explain encode average export benchmark doctor schema completions manual configuration; fi
    return
  fi
  for ((index = 2; index < COMP_CWORD; index++)); do
    if [[ ${COMP_WORDS[index]} == -- ]]; then options=0; fi
  done
  if [[ $word == "=" || $before == "=" ]]; then
    if [[ $word == "=" ]]; then word=""; else before=${COMP_WORDS[COMP_CWORD-2]}; fi
    # What comes after a key and its equals sign.
    if [[ $before != --* ]]; then
      _dragoman_values "$before" "" "$word"
      return
    fi
  fi
  if ((options)); then
    case "$command $before" in
      'new --source') _dragoman_paths "$word" -f; return ;;
      'new --target') _dragoman_paths "$word" -f; return ;;
      'new --corpus') _dragoman_paths "$word" -f; return ;;
      'new --images') _dragoman_paths "$word" -d; return ;;
      'new --validation') _dragoman_paths "$word" -f; return ;;
      'new --format') _dragoman_words "$word" tsv csv jsonl tmx po xliff; return ;;
      'new --columns') return ;;
      'new --languages') return ;;
      'new --task') _dragoman_words "$word" translation transliteration g2p classification; return ;;
      'new --family') _dragoman_words "$word" recurrent transformer vision convolutional; return ;;
      'new --name') return ;;
      'new --output') _dragoman_paths "$word" -f; return ;;
      'new --threads') return ;;
      'check --config') _dragoman_paths "$word" -f; return ;;
      'check --set') _dragoman_keys "$word" name= task= preset= data.train= data.validation= data.test= data.columns.source= data.columns.target= data.languages.source= data.languages.target= data.decodeEntities= data.images.folder= data.images.height= data.images.width= data.images.channels= data.images.fit= data.images.mean= data.images.deviation= data.images.augment.crop= data.images.augment.shift= data.images.augment.flip= data.images.augment.erase= data.images.augment.noise= data.features.folder= data.features.mean= data.features.deviation= data.features.maximumRows= data.maximumLength= data.augment= tokenizer.kind= tokenizer.targetKind= tokenizer.vocabulary= tokenizer.minimumFrequency= tokenizer.dropout= tokenizer.shared= tokenizer.lowercase= tokenizer.normalization= tokenizer.punctuation= model.embedding= model.encoder.kind= model.encoder.cell= model.encoder.hidden= model.encoder.layers= model.encoder.bidirectional= model.encoder.residual= model.encoder.layerNormalization= model.encoder.width= model.encoder.heads= model.encoder.inner= model.encoder.normalization= model.encoder.activation= model.encoder.positions= model.encoder.maximumPositions= model.encoder.normalizer= model.encoder.window= model.encoder.attentionDropout= model.encoder.innerDropout= model.encoder.patch= model.encoder.stages= model.encoder.batchNormalization= model.encoder.epsilon= model.encoder.momentum= model.encoder.size= model.decoder.kind= model.decoder.cell= model.decoder.hidden= model.decoder.layers= model.decoder.residual= model.decoder.layerNormalization= model.decoder.initialState= model.decoder.bridge= model.decoder.feeding= model.decoder.output.kind= model.decoder.output.hidden= model.decoder.output.embedding= model.decoder.selfAttention= model.decoder.width= model.decoder.heads= model.decoder.inner= model.decoder.normalization= model.decoder.activation= model.decoder.positions= model.decoder.maximumPositions= model.decoder.normalizer= model.decoder.window= model.decoder.attentionDropout= model.decoder.innerDropout= model.attention.score= model.attention.size= model.attention.coverage= model.attention.positions= model.attention.gate= model.attention.doublyStochastic= model.tied= model.dropout= model.dropout.embedding= model.dropout.layers= model.dropout.encoded= model.dropout.output= model.dropout.variational= model.dropout.states= model.dropout.sourceWords= model.dropout.targetWords= classifier.embedding= classifier.encoder.kind= classifier.encoder.cell= classifier.encoder.hidden= classifier.encoder.layers= classifier.encoder.bidirectional= classifier.encoder.residual= classifier.encoder.layerNormalization= classifier.encoder.width= classifier.encoder.heads= classifier.encoder.inner= classifier.encoder.normalization= classifier.encoder.activation= classifier.encoder.positions= classifier.encoder.maximumPositions= classifier.encoder.normalizer= classifier.encoder.window= classifier.encoder.attentionDropout= classifier.encoder.innerDropout= classifier.encoder.patch= classifier.encoder.stages= classifier.encoder.batchNormalization= classifier.encoder.epsilon= classifier.encoder.momentum= classifier.encoder.size= classifier.input= classifier.pooling= classifier.dropout.embedding= classifier.dropout.layers= classifier.dropout.encoded= classifier.dropout.pooled= classifier.dropout.words= training.epochs= training.updates= training.batchTokens= training.batchImages= training.memory= training.accumulate= training.pieces= training.optimizer.kind= training.optimizer.learningRate= training.optimizer.beta1= training.optimizer.beta2= training.optimizer.epsilon= training.optimizer.weightDecay= training.optimizer.momentum= training.schedule.kind= training.schedule.warmup= training.schedule.factor= training.schedule.patience= training.schedule.reload= training.schedule.after= training.schedule.every= training.schedule.length= training.schedule.floor= training.average.kind= training.average.decay= training.labelSmoothing= training.classWeights= training.freeze= training.clipNorm= training.onDivergence= training.divergedAbove= training.seed= training.validateEvery= training.patience= training.metrics= training.stopOn= training.samples= training.keep= training.saveEvery= training.logEvery= decoding.search= decoding.beam= decoding.beamThreshold= decoding.lengthNormalization= decoding.lengthExponent= decoding.coveragePenalty= decoding.maximumLength= decoding.maximumRatio= decoding.minimumLength= decoding.minimumRatio= decoding.noRepeat= decoding.temperature= decoding.topK= decoding.topP= decoding.seed= decoding.forbidUnknown= decoding.replaceUnknown= decoding.batch=; return ;;
      'check --threads') return ;;
      'train --config') _dragoman_paths "$word" -f; return ;;
      'train --set') _dragoman_keys "$word" name= task= preset= data.train= data.validation= data.test= data.columns.source= data.columns.target= data.languages.source= data.languages.target= data.decodeEntities= data.images.folder= data.images.height= data.images.width= data.images.channels= data.images.fit= data.images.mean= data.images.deviation= data.images.augment.crop= data.images.augment.shift= data.images.augment.flip= data.images.augment.erase= data.images.augment.noise= data.features.folder= data.features.mean= data.features.deviation= data.features.maximumRows= data.maximumLength= data.augment= tokenizer.kind= tokenizer.targetKind= tokenizer.vocabulary= tokenizer.minimumFrequency= tokenizer.dropout= tokenizer.shared= tokenizer.lowercase= tokenizer.normalization= tokenizer.punctuation= model.embedding= model.encoder.kind= model.encoder.cell= model.encoder.hidden= model.encoder.layers= model.encoder.bidirectional= model.encoder.residual= model.encoder.layerNormalization= model.encoder.width= model.encoder.heads= model.encoder.inner= model.encoder.normalization= model.encoder.activation= model.encoder.positions= model.encoder.maximumPositions= model.encoder.normalizer= model.encoder.window= model.encoder.attentionDropout= model.encoder.innerDropout= model.encoder.patch= model.encoder.stages= model.encoder.batchNormalization= model.encoder.epsilon= model.encoder.momentum= model.encoder.size= model.decoder.kind= model.decoder.cell= model.decoder.hidden= model.decoder.layers= model.decoder.residual= model.decoder.layerNormalization= model.decoder.initialState= model.decoder.bridge= model.decoder.feeding= model.decoder.output.kind= model.decoder.output.hidden= model.decoder.output.embedding= model.decoder.selfAttention= model.decoder.width= model.decoder.heads= model.decoder.inner= model.decoder.normalization= model.decoder.activation= model.decoder.positions= model.decoder.maximumPositions= model.decoder.normalizer= model.decoder.window= model.decoder.attentionDropout= model.decoder.innerDropout= model.attention.score= model.attention.size= model.attention.coverage= model.attention.positions= model.attention.gate= model.attention.doublyStochastic= model.tied= model.dropout= model.dropout.embedding= model.dropout.layers= model.dropout.encoded= model.dropout.output= model.dropout.variational= model.dropout.states= model.dropout.sourceWords= model.dropout.targetWords= classifier.embedding= classifier.encoder.kind= classifier.encoder.cell= classifier.encoder.hidden= classifier.encoder.layers= classifier.encoder.bidirectional= classifier.encoder.residual= classifier.encoder.layerNormalization= classifier.encoder.width= classifier.encoder.heads= classifier.encoder.inner= classifier.encoder.normalization= classifier.encoder.activation= classifier.encoder.positions= classifier.encoder.maximumPositions= classifier.encoder.normalizer= classifier.encoder.window= classifier.encoder.attentionDropout= classifier.encoder.innerDropout= classifier.encoder.patch= classifier.encoder.stages= classifier.encoder.batchNormalization= classifier.encoder.epsilon= classifier.encoder.momentum= classifier.encoder.size= classifier.input= classifier.pooling= classifier.dropout.embedding= classifier.dropout.layers= classifier.dropout.encoded= classifier.dropout.pooled= classifier.dropout.words= training.epochs= training.updates= training.batchTokens= training.batchImages= training.memory= training.accumulate= training.pieces= training.optimizer.kind= training.optimizer.learningRate= training.optimizer.beta1= training.optimizer.beta2= training.optimizer.epsilon= training.optimizer.weightDecay= training.optimizer.momentum= training.schedule.kind= training.schedule.warmup= training.schedule.factor= training.schedule.patience= training.schedule.reload= training.schedule.after= training.schedule.every= training.schedule.length= training.schedule.floor= training.average.kind= training.average.decay= training.labelSmoothing= training.classWeights= training.freeze= training.clipNorm= training.onDivergence= training.divergedAbove= training.seed= training.validateEvery= training.patience= training.metrics= training.stopOn= training.samples= training.keep= training.saveEvery= training.logEvery= decoding.search= decoding.beam= decoding.beamThreshold= decoding.lengthNormalization= decoding.lengthExponent= decoding.coveragePenalty= decoding.maximumLength= decoding.maximumRatio= decoding.minimumLength= decoding.minimumRatio= decoding.noRepeat= decoding.temperature= decoding.topK= decoding.topP= decoding.seed= decoding.forbidUnknown= decoding.replaceUnknown= decoding.batch=; return ;;
      'train --from') _dragoman_paths "$word" -f; return ;;
      'train --runs') _dragoman_paths "$word" -d; return ;;
      'train --threads') return ;;
      'train --timeout') return ;;
      'translate --model') _dragoman_paths "$word" -f; return ;;
      'translate --beam') return ;;
      'translate --maximum-length') return ;;
      'translate --set') _dragoman_keys "$word" decoding.search= decoding.beam= decoding.beamThreshold= decoding.lengthNormalization= decoding.lengthExponent= decoding.coveragePenalty= decoding.maximumLength= decoding.maximumRatio= decoding.minimumLength= decoding.minimumRatio= decoding.noRepeat= decoding.temperature= decoding.topK= decoding.topP= decoding.seed= decoding.forbidUnknown= decoding.replaceUnknown= decoding.batch=; return ;;
      'translate --dictionary') _dragoman_paths "$word" -f; return ;;
      'translate --n-best') return ;;
      'translate --prefix') return ;;
      'translate --threads') return ;;
      'translate --html') _dragoman_paths "$word" -f; return ;;
      'translate --alignment') _dragoman_words "$word" pharaoh json tsv; return ;;
      'translate --layer') return ;;
      'translate --head') return ;;
      'translate --mark-below') return ;;
      'inspect --model') _dragoman_paths "$word" -f; return ;;
      'inspect --search') return ;;
      'inspect --frequencies') _dragoman_paths "$word" -f; return ;;
      'inspect --neighbours') return ;;
      'inspect --tensor') return ;;
      'inspect --against') _dragoman_paths "$word" -f; return ;;
      'inspect --activations') _dragoman_paths "$word" -f; return ;;
      'inspect --html') _dragoman_paths "$word" -f; return ;;
      'inspect --threads') return ;;
      'runs --runs') _dragoman_paths "$word" -d; return ;;
      'classify --model') _dragoman_paths "$word" -f; return ;;
      'classify --top') return ;;
      'classify --html') _dragoman_paths "$word" -f; return ;;
      'classify --threads') return ;;
      'caption --model') _dragoman_paths "$word" -f; return ;;
      'caption --beam') return ;;
      'caption --maximum-length') return ;;
      'caption --set') _dragoman_keys "$word" decoding.search= decoding.beam= decoding.beamThreshold= decoding.lengthNormalization= decoding.lengthExponent= decoding.coveragePenalty= decoding.maximumLength= decoding.maximumRatio= decoding.minimumLength= decoding.minimumRatio= decoding.noRepeat= decoding.temperature= decoding.topK= decoding.topP= decoding.seed= decoding.forbidUnknown= decoding.replaceUnknown= decoding.batch=; return ;;
      'caption --n-best') return ;;
      'caption --prefix') return ;;
      'caption --html') _dragoman_paths "$word" -f; return ;;
      'caption --threads') return ;;
      'score --model') _dragoman_paths "$word" -f; return ;;
      'score --threads') return ;;
      'score --alignment') _dragoman_words "$word" pharaoh json tsv; return ;;
      'score --layer') return ;;
      'score --head') return ;;
      'evaluate --model') _dragoman_paths "$word" -f; return ;;
      'evaluate --beam') return ;;
      'evaluate --maximum-length') return ;;
      'evaluate --set') _dragoman_keys "$word" decoding.search= decoding.beam= decoding.beamThreshold= decoding.lengthNormalization= decoding.lengthExponent= decoding.coveragePenalty= decoding.maximumLength= decoding.maximumRatio= decoding.minimumLength= decoding.minimumRatio= decoding.noRepeat= decoding.temperature= decoding.topK= decoding.topP= decoding.seed= decoding.forbidUnknown= decoding.replaceUnknown= decoding.batch=; return ;;
      'evaluate --dictionary') _dragoman_paths "$word" -f; return ;;
      'evaluate --pairs') _dragoman_paths "$word" -f; return ;;
      'evaluate --format') _dragoman_words "$word" tsv csv jsonl tmx po xliff; return ;;
      'evaluate --source') _dragoman_paths "$word" -f; return ;;
      'evaluate --reference') _dragoman_paths "$word" -f; return ;;
      'evaluate --hypothesis') _dragoman_paths "$word" -f; return ;;
      'evaluate --baseline') _dragoman_paths "$word" -f; return ;;
      'evaluate --compare') _dragoman_paths "$word" -f; return ;;
      'evaluate --metrics') _dragoman_list "$word" bleu bleu1 bleu2 bleu3 bleu4 cider chrf chrf++ ter exact wer cer aer; return ;;
      'evaluate --tokenize') _dragoman_words "$word" 13a intl char none; return ;;
      'evaluate --html') _dragoman_paths "$word" -f; return ;;
      'evaluate --threads') return ;;
      'compare --model') _dragoman_paths "$word" -d; return ;;
      'compare --sentence') return ;;
      'compare --html') _dragoman_paths "$word" -f; return ;;
      'compare --threads') return ;;
      'explain --model') _dragoman_paths "$word" -f; return ;;
      'explain --target') return ;;
      'explain --html') _dragoman_paths "$word" -f; return ;;
      'explain --threads') return ;;
      'encode --config') _dragoman_paths "$word" -f; return ;;
      'encode --set') _dragoman_keys "$word" name= task= preset= data.train= data.validation= data.test= data.columns.source= data.columns.target= data.languages.source= data.languages.target= data.decodeEntities= data.images.folder= data.images.height= data.images.width= data.images.channels= data.images.fit= data.images.mean= data.images.deviation= data.images.augment.crop= data.images.augment.shift= data.images.augment.flip= data.images.augment.erase= data.images.augment.noise= data.features.folder= data.features.mean= data.features.deviation= data.features.maximumRows= data.maximumLength= data.augment= tokenizer.kind= tokenizer.targetKind= tokenizer.vocabulary= tokenizer.minimumFrequency= tokenizer.dropout= tokenizer.shared= tokenizer.lowercase= tokenizer.normalization= tokenizer.punctuation= model.embedding= model.encoder.kind= model.encoder.cell= model.encoder.hidden= model.encoder.layers= model.encoder.bidirectional= model.encoder.residual= model.encoder.layerNormalization= model.encoder.width= model.encoder.heads= model.encoder.inner= model.encoder.normalization= model.encoder.activation= model.encoder.positions= model.encoder.maximumPositions= model.encoder.normalizer= model.encoder.window= model.encoder.attentionDropout= model.encoder.innerDropout= model.encoder.patch= model.encoder.stages= model.encoder.batchNormalization= model.encoder.epsilon= model.encoder.momentum= model.encoder.size= model.decoder.kind= model.decoder.cell= model.decoder.hidden= model.decoder.layers= model.decoder.residual= model.decoder.layerNormalization= model.decoder.initialState= model.decoder.bridge= model.decoder.feeding= model.decoder.output.kind= model.decoder.output.hidden= model.decoder.output.embedding= model.decoder.selfAttention= model.decoder.width= model.decoder.heads= model.decoder.inner= model.decoder.normalization= model.decoder.activation= model.decoder.positions= model.decoder.maximumPositions= model.decoder.normalizer= model.decoder.window= model.decoder.attentionDropout= model.decoder.innerDropout= model.attention.score= model.attention.size= model.attention.coverage= model.attention.positions= model.attention.gate= model.attention.doublyStochastic= model.tied= model.dropout= model.dropout.embedding= model.dropout.layers= model.dropout.encoded= model.dropout.output= model.dropout.variational= model.dropout.states= model.dropout.sourceWords= model.dropout.targetWords= classifier.embedding= classifier.encoder.kind= classifier.encoder.cell= classifier.encoder.hidden= classifier.encoder.layers= classifier.encoder.bidirectional= classifier.encoder.residual= classifier.encoder.layerNormalization= classifier.encoder.width= classifier.encoder.heads= classifier.encoder.inner= classifier.encoder.normalization= classifier.encoder.activation= classifier.encoder.positions= classifier.encoder.maximumPositions= classifier.encoder.normalizer= classifier.encoder.window= classifier.encoder.attentionDropout= classifier.encoder.innerDropout= classifier.encoder.patch= classifier.encoder.stages= classifier.encoder.batchNormalization= classifier.encoder.epsilon= classifier.encoder.momentum= classifier.encoder.size= classifier.input= classifier.pooling= classifier.dropout.embedding= classifier.dropout.layers= classifier.dropout.encoded= classifier.dropout.pooled= classifier.dropout.words= training.epochs= training.updates= training.batchTokens= training.batchImages= training.memory= training.accumulate= training.pieces= training.optimizer.kind= training.optimizer.learningRate= training.optimizer.beta1= training.optimizer.beta2= training.optimizer.epsilon= training.optimizer.weightDecay= training.optimizer.momentum= training.schedule.kind= training.schedule.warmup= training.schedule.factor= training.schedule.patience= training.schedule.reload= training.schedule.after= training.schedule.every= training.schedule.length= training.schedule.floor= training.average.kind= training.average.decay= training.labelSmoothing= training.classWeights= training.freeze= training.clipNorm= training.onDivergence= training.divergedAbove= training.seed= training.validateEvery= training.patience= training.metrics= training.stopOn= training.samples= training.keep= training.saveEvery= training.logEvery= decoding.search= decoding.beam= decoding.beamThreshold= decoding.lengthNormalization= decoding.lengthExponent= decoding.coveragePenalty= decoding.maximumLength= decoding.maximumRatio= decoding.minimumLength= decoding.minimumRatio= decoding.noRepeat= decoding.temperature= decoding.topK= decoding.topP= decoding.seed= decoding.forbidUnknown= decoding.replaceUnknown= decoding.batch=; return ;;
      'average --model') _dragoman_paths "$word" -f; return ;;
      'average --output') _dragoman_paths "$word" -f; return ;;
      'export --model') _dragoman_paths "$word" -f; return ;;
      'export --precision') _dragoman_words "$word" f32 f16 bf16 int8; return ;;
      'export --output') _dragoman_paths "$word" -f; return ;;
      'benchmark --config') _dragoman_paths "$word" -f; return ;;
      'benchmark --sentences') return ;;
      'benchmark --length') return ;;
      'benchmark --source-length') return ;;
      'benchmark --vocabulary') return ;;
      'benchmark --beam') return ;;
      'benchmark --steps') return ;;
      'benchmark --threads') return ;;
      'doctor --threads') return ;;
      'schema --command') _dragoman_words "$word" check train translate inspect runs classify caption score evaluate compare explain encode export benchmark doctor error; return ;;
    esac
    if [[ $word == -* ]]; then
      case $command in
        new) _dragoman_words "$word" --source --target --corpus --images --validation --format --columns --languages --task --family --name --output --threads --no-estimate --help ;;
        check) _dragoman_words "$word" --config --set --estimate --threads --json --help ;;
        train) _dragoman_words "$word" --config --set --from --extend-vocabulary --resume --restart --runs --threads --timeout --no-report --no-tensorboard --quiet --verbose --json --help ;;
        translate) _dragoman_words "$word" --model --beam --sample --maximum-length --set --dictionary --n-best --prefix --threads --attention --html --alignment --no-history --layer --head --mark-below --strict --quiet --json --help ;;
        inspect) _dragoman_words "$word" --model --tensors --vocabulary --config --history --search --frequencies --neighbours --tensor --against --activations --html --threads --json --help ;;
        runs) _dragoman_words "$word" --runs --json --help ;;
        classify) _dragoman_words "$word" --model --top --attention --html --threads --strict --quiet --json --help ;;
        caption) _dragoman_words "$word" --model --beam --sample --maximum-length --set --n-best --prefix --attention --html --threads --strict --quiet --json --help ;;
        score) _dragoman_words "$word" --model --threads --tokens --alignment --layer --head --strict --quiet --json --help ;;
        evaluate) _dragoman_words "$word" --model --beam --sample --maximum-length --set --dictionary --pairs --format --source --reference --hypothesis --baseline --compare --metrics --tokenize --lowercase --html --threads --quiet --json --help ;;
        compare) _dragoman_words "$word" --model --sentence --html --threads --json --help ;;
        explain) _dragoman_words "$word" --model --target --gradients --html --threads --quiet --json --help ;;
        encode) _dragoman_words "$word" --config --set --validation --tokens --help ;;
        average) _dragoman_words "$word" --model --output --help ;;
        export) _dragoman_words "$word" --model --precision --output --json --quiet --help ;;
        benchmark) _dragoman_words "$word" --config --sentences --length --source-length --vocabulary --beam --steps --products --convolutions --vision --threads --json --help ;;
        doctor) _dragoman_words "$word" --threads --json --help ;;
        schema) _dragoman_words "$word" --markdown --command --help ;;
        completions) _dragoman_words "$word" --help ;;
        manual) _dragoman_words "$word" --help ;;
      esac
      return
    fi
  fi
  case $command in
    new) _dragoman_paths "$word" -f ;;
    check) _dragoman_paths "$word" -f ;;
    train) _dragoman_paths "$word" -f ;;
    translate) _dragoman_paths "$word" -f ;;
    inspect) _dragoman_paths "$word" -f ;;
    runs) _dragoman_paths "$word" -d ;;
    classify) _dragoman_paths "$word" -f ;;
    caption) _dragoman_paths "$word" -f ;;
    score) _dragoman_paths "$word" -f ;;
    evaluate) _dragoman_paths "$word" -f ;;
    compare) _dragoman_paths "$word" -d ;;
    explain) _dragoman_paths "$word" -f ;;
    encode) _dragoman_paths "$word" -f ;;
    average) _dragoman_paths "$word" -f ;;
    export) _dragoman_paths "$word" -f ;;
    benchmark) _dragoman_paths "$word" -f ;;
    doctor) if ((options)); then _dragoman_words "$word" --threads --json --help; fi ;;
    schema) if ((options)); then _dragoman_words "$word" --markdown --command --help; fi ;;
    completions) _dragoman_words "$word" bash zsh fish ;;
    manual) if ((options)); then _dragoman_words "$word" --help; fi ;;
  esac
}

complete -F _dragoman dragoman
