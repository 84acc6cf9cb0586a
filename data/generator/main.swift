// Writes the data of the project, or checks what is there.
//
//     generator FOLDER              writes phrasebook/, numbers/, dates/, reverse/, topics/, scenes/ and series/ into FOLDER
//     generator --check FOLDER      checks the files in FOLDER; exits 1 with the offending line
//     generator --statistics FOLDER prints the table of data/README.md
//     generator --sample COUNT      prints that many sentences by template
//     generator --aligned COUNT     prints that many links by template, word by word, to be read

let arguments = CommandLine.arguments.dropFirst()
switch (arguments.first, arguments.dropFirst().first, arguments.count) {
case ("--check", let folder?, 2):
  Check(folder: folder).run()
case ("--statistics", let folder?, 2):
  printStatistics(folder)
case ("--sample", let count?, 2):
  let phrasebook = Phrasebook()
  for (index, template) in phrasebook.templates.enumerated() {
    let own = (phrasebook.parts[.train] ?? []).filter { $0.template == index }
    for entry in own.prefix(Int(count) ?? 1) {
      print(([template.name] + entry.texts).joined(separator: "\t"))
    }
  }
case ("--aligned", let count?, 2):
  let phrasebook = Phrasebook()
  for index in phrasebook.templates.indices {
    let own = (phrasebook.parts[.test] ?? []).filter { $0.template == index }
    for entry in own.prefix(Int(count) ?? 1) { print(Alignment(entry).reading(entry)) }
  }
case (let folder?, nil, 1) where !folder.hasPrefix("-"):
  createFolder(folder)
  createFolder(folder + "/scenes")
  createFolder(folder + "/scenes/captions")
  for (path, lines) in allFiles() + alignmentFiles() {
    createFolder(folder + "/" + path.prefix { $0 != "/" })
    writeLines(lines, to: folder + "/" + path)
  }
  createFolder(folder + "/series")
  for part in Part.allCases { createFolder(folder + "/scenes/" + part.rawValue) }
  for part in Part.allCases { createFolder(folder + "/scenes/captions/" + part.rawValue) }
  for (path, bytes) in allBytes() { writeBytes(bytes, to: folder + "/" + path) }
default:
  fail("usage: generator [--check | --statistics] FOLDER, or generator --sample | --aligned COUNT")
}
