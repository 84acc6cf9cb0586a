import Foundation

/// The path of a file that `Golden/make_safetensors.py` made.
func goldenPath(_ name: String) -> String { Bundle.module.bundlePath + "/Golden/\(name)" }
