# `.ci/formula` fills in where the sources are; the workflow "release" does so for each version.
class Dragoman < Formula
  desc "Trains, runs and explains sequence-to-sequence models with attention"
  homepage "@ADDRESS@"
  url "@ADDRESS@/archive/refs/tags/v@VERSION@.tar.gz"
  sha256 "@SHA256@"
  license "Apache-2.0"
  head "@ADDRESS@.git", branch: "main"

  depends_on xcode: ["26.0", :build]
  depends_on macos: :sequoia

  uses_from_macos "swift" => :build

  def install
    system "make", "install", "PREFIX=#{prefix}", "SWIFT_FLAGS=--disable-sandbox"
  end

  test do
    assert_match "dragoman #{version}", shell_output("#{bin}/dragoman --version")
    (testpath/"pairs.tsv").write((1..200).map { |n| "#{n} one\tone #{n}\n" }.join)
    system bin/"dragoman", "new", "--corpus", "pairs.tsv"
    assert_path_exists testpath/"pairs.json"
  end
end
