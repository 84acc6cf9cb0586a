// What an app imports to translate: the translator and the types it speaks of. No trainer is linked.
@_exported public import DragomanTranslation
