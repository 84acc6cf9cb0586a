// What an app imports to translate: the translator and the types it speaks of. No trainer is linked.
//
// What is public in these modules is what an app sees; Tests/Dragoman/Snapshots/public.txt lists it.
@_exported public import DragomanDecoding
@_exported public import DragomanSystem
@_exported public import DragomanText
@_exported public import DragomanTranslation
