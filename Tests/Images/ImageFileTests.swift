import DragomanFormats
import DragomanTestSupport
import Testing

@testable import DragomanImages

@Suite struct `An image file` {
  @Test(
    arguments: [
      (
        [0xFF, 0xD8, 0xFF, 0xE0], "photo.jpg",
        "a JPEG. Convert it with 'magick photo.jpg photo.png'."
      ),
      (Array("GIF89a".utf8), "x.gif", "a GIF. Convert it with 'magick x.gif x.png'."),
      (Array("GIF89a".utf8), "x.PNG", "a GIF. Convert it with 'magick x.PNG x.converted.png'."),
      (
        Array("RIFF....WEBPVP8 ".utf8), "a/x.webp",
        "a WebP. Convert it with 'magick a/x.webp a/x.png'."
      ),
      (
        Array("BM".utf8) + [70, 0, 0, 0, 0, 0, 0, 0, 54, 0, 0, 0, 40], "x",
        "a BMP. Convert it with 'magick x x.png'."
      ),
      ([0x49, 0x49, 0x2A, 0], "x.tif", "a TIFF. Convert it with 'magick x.tif x.png'."),
      (
        [0, 0, 0, 32] + Array("ftypavif".utf8), "x.avif",
        "an AVIF. Convert it with 'magick x.avif x.png'."
      ),
      (
        [0, 0, 0, 32] + Array("ftypheic".utf8), "x.HEIC",
        "a HEIC. Convert it with 'magick x.HEIC x.png'."
      ),
      ([0xFF, 0x0A, 1], "x.jxl", "a JPEG XL. Convert it with 'magick x.jxl x.png'."),
      (Array("<svg xmlns=".utf8), "x.svg", "an SVG. Convert it with 'magick x.svg x.png'."),
      (
        [0xFF, 0xD8, 0xFF], "it's; rm -r.jpg",
        "a JPEG. Convert it to PNG, for example with 'magick'."
      ),
      ([0x1F, 0x8B, 8], "x.pgm.gz", "a gzip file. Unpack it with 'gunzip -k'."),
      (
        [0x50, 0x4B, 3, 4], "x.npz",
        "a zip archive. Unpack it; of an .npz, name the array to be read."
      ),
      ([], "x", "an empty file. It was cut short or damaged; copy or download it again."),
      (
        Array("version https://git-lfs.github.com".utf8), "x",
        "a Git LFS pointer. Fetch the file itself with 'git lfs pull'."
      ),
      (Array("hello".utf8), "x", "something else. Convert it to PNG, for example with 'magick'."),
    ] as [([UInt8], String, String)])
  func `of another format is told by name`(_ bytes: [UInt8], _ file: String, _ expected: String) {
    #expect(
      message(bytes, file: file)
        == "\(file): byte 0: expected an image in PNG, PBM, PGM, PPM, PAM or NPY, found \(expected)"
    )
  }

  @Test func `is read from its path`() throws {
    let folder = try TemporaryFolder()
    try folder.write("picture.pgm", "P2 2 1 9 3 9")
    let image = try Image(path: folder["picture.pgm"])
    #expect(image.samples == [3 / 9 as Float, 1])
    #expect(
      folder.message { _ = try Image(path: folder["pictur.pgm"]) }
        == "pictur.pgm: cannot open the file: No such file or directory. Did you mean 'picture.pgm'?"
    )
    #expect(
      folder.message { _ = try Image(path: folder.path + "/") }.hasSuffix(
        ": it is a folder and not a file."))
    #expect(
      folder.message { _ = try Image(path: "/dev/zero") }
        == "/dev/zero: cannot read an image from it: it is not a plain file. Save what it gives in a file first."
    )
  }
}
