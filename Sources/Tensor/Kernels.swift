import Glibc
public struct DropoutKey: Sendable { public init(seed: UInt64, update: UInt64, place: UInt32) { self.seed = seed; self.update = update; self.place = place }
  let seed: UInt64, update: UInt64, place: UInt32 }
public struct AttentionSpan: Sendable { public var queryStart, queryCount, sourceStart, sourceCount: Int32
  public init(queryStart: Int32, queryCount: Int32, sourceStart: Int32, sourceCount: Int32) { self.queryStart = queryStart; self.queryCount = queryCount; self.sourceStart = sourceStart; self.sourceCount = sourceCount } }
public struct PackedMatrix: Sendable { let m: Matrix; let t: Bool }
public enum InstructionSet: String, CaseIterable, Sendable { case portable }
public final class Kernels: Sendable {
  public let threads = 1
  public let instructions = InstructionSet.portable
  public init(threads: Int? = nil, instructions: InstructionSet? = nil) {}
  public func fill(_ matrix: Matrix, with value: Float) {
    for row in 0..<matrix.rows { for column in 0..<matrix.columns { matrix[row, column] = value } }
  }
  public func multiply(_ a: Matrix, _ b: Matrix, into c: Matrix, adding: Bool = false) {
    precondition(a.columns == b.rows && a.rows == c.rows && b.columns == c.columns)
    for i in 0..<c.rows { for j in 0..<c.columns { var s = adding ? c[i,j] : 0; for k in 0..<a.columns { s += a[i,k]*b[k,j] }; c[i,j] = s } }
  }
  public func multiply(_ a: Matrix, transposed b: Matrix, bias: Matrix? = nil, into c: Matrix, adding: Bool = false) {
    precondition(a.columns == b.columns && a.rows == c.rows && b.rows == c.columns, "\(a.rows)x\(a.columns) \(b.rows)x\(b.columns) \(c.rows)x\(c.columns)")
    for i in 0..<c.rows { for j in 0..<c.columns { var s = adding ? c[i,j] : bias?[0,j] ?? 0; for k in 0..<a.columns { s += a[i,k]*b[j,k] }; c[i,j] = s } }
  }
  public func multiply(transposed a: Matrix, _ b: Matrix, into c: Matrix, adding: Bool = false) {
    precondition(a.rows == b.rows && a.columns == c.rows && b.columns == c.columns)
    for i in 0..<c.rows { for j in 0..<c.columns { var s = adding ? c[i,j] : 0; for k in 0..<a.rows { s += a[k,i]*b[k,j] }; c[i,j] = s } }
  }
  public func pack(_ b: Matrix, transposed: Bool, in workspace: Workspace? = nil) -> PackedMatrix { PackedMatrix(m: b, t: transposed) }
  public func multiply(_ a: Matrix, _ b: PackedMatrix, bias: Matrix? = nil, into c: Matrix, adding: Bool = false) {
    if b.t { multiply(a, transposed: b.m, bias: bias, into: c, adding: adding) } else { multiply(a, b.m, into: c, adding: adding) }
  }
  public func gather(_ rows: [Int32], of s: Matrix, into t: Matrix) { for (i, r) in rows.enumerated() { for j in 0..<s.columns { t[i,j] = s[Int(r),j] } } }
  public func scatter(_ s: Matrix, to rows: [Int32], of t: Matrix) { for (i, r) in rows.enumerated() { for j in 0..<s.columns { t[Int(r),j] = s[i,j] } } }
  public func scatterAdd(_ s: Matrix, to rows: [Int32], of t: Matrix) { for (i, r) in rows.enumerated() { for j in 0..<s.columns { t[Int(r),j] += s[i,j] } } }
  public func copy(_ a: Matrix, to b: Matrix) { each(a) { i, j in b[i,j] = a[i,j] } }
  public func add(_ a: Matrix, to b: Matrix) { each(a) { i, j in b[i,j] += a[i,j] } }
  func each(_ m: Matrix, _ f: (Int, Int) -> Void) { for i in 0..<m.rows { for j in 0..<m.columns { f(i,j) } } }
  public func addColumnSums(of a: Matrix, to r: Matrix) { each(a) { i, j in r[0,j] += a[i,j] } }
  public func tanh(_ m: Matrix) { each(m) { i, j in m[i,j] = tanhf(m[i,j]) } }
  public func tanhBackward(_ g: Matrix, output y: Matrix) { each(g) { i, j in g[i,j] *= 1 - y[i,j]*y[i,j] } }
  public func dropout(_ m: Matrix, probability: Float, key: DropoutKey, firstRow: Int = 0) {
    each(m) { i, j in
      var x = UInt64((i + firstRow) * m.columns + j) &+ key.seed &* 0x9E3779B97F4A7C15 &+ UInt64(key.place) << 40 &+ key.update << 50
      x ^= x >> 30; x &*= 0xbf58476d1ce4e5b9; x ^= x >> 27; x &*= 0x94d049bb133111eb; x ^= x >> 31
      m[i,j] *= Float(x >> 40) / Float(1 << 24) < probability ? 0 : 1 / (1 - probability) }
  }
  func sig(_ x: Float) -> Float { 1 / (1 + expf(-x)) }
  public func gruForward(input a: Matrix, recurrent c: Matrix, state h: Matrix, next: Matrix) {
    let H = h.columns
    each(h) { i, j in let r = sig(a[i,j]+c[i,j]), z = sig(a[i,H+j]+c[i,H+j]); let n = tanhf(a[i,2*H+j]+r*c[i,2*H+j])
      let v = (1-z)*n+z*h[i,j]; a[i,j] = r; a[i,H+j] = z; a[i,2*H+j] = n; next[i,j] = v }
  }
  public func gruBackward(gates a: Matrix, recurrent c: Matrix, state h: Matrix, gradient: Matrix, stateGradient: Matrix) {
    let H = h.columns
    each(h) { i, j in let r = a[i,j], z = a[i,H+j], n = a[i,2*H+j], d = gradient[i,j], c2 = c[i,2*H+j]
      let a2 = d*(1-z)*(1-n*n), a1 = d*(h[i,j]-n)*z*(1-z), a0 = a2*c2*r*(1-r)
      a[i,j]=a0; a[i,H+j]=a1; a[i,2*H+j]=a2; c[i,j]=a0; c[i,H+j]=a1; c[i,2*H+j]=a2*r; stateGradient[i,j] = d*z }
  }
  public func lstmForward(input a: Matrix, recurrent c: Matrix, cell: Matrix, nextCell: Matrix, next: Matrix) {
    let H = cell.columns
    each(cell) { p, j in let i = sig(a[p,j]+c[p,j]), f = sig(a[p,H+j]+c[p,H+j]), g = tanhf(a[p,2*H+j]+c[p,2*H+j]), o = sig(a[p,3*H+j]+c[p,3*H+j])
      let n = f*cell[p,j]+i*g; nextCell[p,j]=n; next[p,j]=o*tanhf(n); a[p,j]=i;a[p,H+j]=f;a[p,2*H+j]=g;a[p,3*H+j]=o }
  }
  public func lstmBackward(gates a: Matrix, cell: Matrix, nextCell: Matrix, gradient: Matrix, cellGradient: Matrix) {
    let H = cell.columns
    each(cell) { p, j in let i = a[p,j], f = a[p,H+j], g = a[p,2*H+j], o = a[p,3*H+j], t = tanhf(nextCell[p,j]), d = gradient[p,j]
      let y = cellGradient[p,j] + d*o*(1-t*t)
      a[p,j]=y*g*i*(1-i); a[p,H+j]=y*cell[p,j]*f*(1-f); a[p,2*H+j]=y*i*(1-g*g); a[p,3*H+j]=d*t*o*(1-o); cellGradient[p,j]=y*f }
  }
  public func crossEntropy(_ l: Matrix, targets: ArraySlice<Int32>, losses: inout ArraySlice<Float>, gradientScale: Float?) {
    for i in 0..<l.rows { var m = -Float.infinity; for j in 0..<l.columns { m = max(m, l[i,j]) }
      var s: Float = 0; for j in 0..<l.columns { s += expf(l[i,j]-m) }
      let t = Int(targets[targets.startIndex+i]); losses[losses.startIndex+i] = logf(s) + m - l[i,t]
      if let k = gradientScale { for j in 0..<l.columns { l[i,j] = (expf(l[i,j]-m)/s - (j == t ? 1 : 0))*k } } }
  }
  public func best(_ l: Matrix, logProbabilities: Bool) -> (tokens: [Int32], scores: [Float]) {
    var t: [Int32] = [], s: [Float] = []
    for i in 0..<l.rows { var m = 0; for j in 0..<l.columns where l[i,j] > l[i,m] { m = j }
      var z: Float = 0; for j in 0..<l.columns { z += expf(l[i,j]-l[i,m]) }; t.append(Int32(m)); s.append(-logf(z)) }
    return (t, s)
  }
  func spansEach(_ s: ArraySlice<AttentionSpan>, _ f: (Int, Int, Int, Int) -> Void) { for (g, x) in s.enumerated() { for q in 0..<Int(x.queryCount) { for i in 0..<Int(x.sourceCount) { f(Int(x.queryStart)+q, i, Int(x.sourceStart)+i, g) } } } }
  public func raggedDot(_ q: Matrix, _ m: Matrix, spans: ArraySlice<AttentionSpan>, into s: Matrix) { spansEach(spans) { r, i, p, _ in var v: Float = 0; for k in 0..<q.columns { v += q[r,k]*m[p,k] }; s[r,i] = v } }
  public func raggedCombine(_ w: Matrix, _ m: Matrix, spans: ArraySlice<AttentionSpan>, into s: Matrix, adding: Bool = false) { if !adding { fill(s, with: 0) }; spansEach(spans) { r, i, p, _ in for k in 0..<m.columns { s[r,k] += w[r,i]*m[p,k] } } }
  public func raggedCombineTransposed(_ w: Matrix, _ q: Matrix, spans: ArraySlice<AttentionSpan>, addingTo m: Matrix) { spansEach(spans) { r, i, p, _ in for k in 0..<m.columns { m[p,k] += w[r,i]*q[r,k] } } }
  func rowsEach(_ s: ArraySlice<AttentionSpan>, _ limit: Int?, _ f: (Int, Int) -> Void) { for x in s { for q in 0..<Int(x.queryCount) { f(Int(x.queryStart)+q, min(Int(x.sourceCount), limit ?? .max)) } } }
  public func raggedSoftmax(_ s: Matrix, spans: ArraySlice<AttentionSpan>, limit: Int? = nil) { rowsEach(spans, limit) { r, n in
    var m = -Float.infinity; for i in 0..<n { m = max(m, s[r,i]) }; var z: Float = 0; for i in 0..<n { s[r,i] = expf(s[r,i]-m); z += s[r,i] }; for i in 0..<s.columns { s[r,i] = i < n ? s[r,i]/z : 0 } } }
  public func raggedSoftmaxBackward(_ g: Matrix, weights w: Matrix, spans: ArraySlice<AttentionSpan>, limit: Int? = nil) { rowsEach(spans, limit) { r, n in
    var z: Float = 0; for i in 0..<n { z += g[r,i]*w[r,i] }; for i in 0..<g.columns { g[r,i] = i < n ? w[r,i]*(g[r,i]-z) : 0 } } }
  public func additiveScores(_ q: Matrix, _ keys: Matrix, vector v: Matrix, spans: ArraySlice<AttentionSpan>, into s: Matrix) { spansEach(spans) { r, i, p, _ in var x: Float = 0; for k in 0..<q.columns { x += v[0,k]*tanhf(q[r,k]+keys[p,k]) }; s[r,i] = x } }
  public func additiveBackward(_ d: Matrix, queries q: Matrix, keys: Matrix, vector v: Matrix, spans: ArraySlice<AttentionSpan>, queryGradient: Matrix, keyGradient: Matrix, vectorPartials: Matrix) {
    rowsEach(spans, nil) { r, _ in fill(queryGradient.rows(r..<(r+1)), with: 0) }
    spansEach(spans) { r, i, p, g in for k in 0..<q.columns { let u = tanhf(q[r,k]+keys[p,k]), x = d[r,i]*v[0,k]*(1-u*u); queryGradient[r,k] += x; keyGradient[p,k] += x; vectorPartials[g,k] += d[r,i]*u } }
  }
  public func sumOfSquares(_ m: Matrix) -> Double { var s = 0.0; each(m) { i, j in s += Double(m[i,j])*Double(m[i,j]) }; return s }
  public func scale(_ m: Matrix, by f: Float) { each(m) { i, j in m[i,j] *= f } }
  public func adam(weights: Matrix, gradients: Matrix, first: Matrix, second: Matrix, scale: Float, learningRate: Float, beta1: Float, beta2: Float, epsilon: Float, step: Int) {
    let b1 = Float(1 - pow(Double(beta1), Double(step))), b2 = Float(1 - pow(Double(beta2), Double(step)))
    each(weights) { i, j in let g = gradients[i,j]*scale; first[i,j] = beta1*first[i,j]+(1-beta1)*g; second[i,j] = beta2*second[i,j]+(1-beta2)*g*g
      weights[i,j] -= learningRate/b1*first[i,j]/((second[i,j]/b2).squareRoot()+epsilon) } }
  public func momentum(weights: Matrix, gradients: Matrix, velocity: Matrix, scale: Float, learningRate: Float, momentum: Float) { each(weights) { i, j in velocity[i,j] = momentum*velocity[i,j]+gradients[i,j]*scale; weights[i,j] -= learningRate*velocity[i,j] } }
}
extension Parameters { public func initialize(seed: UInt64) { var x = seed; for j in 0..<slab.columns { x = x &* 6364136223846793005 &+ 1442695040888963407; slab[0,j] = (Float(x >> 40) / Float(1<<24) - 0.5) } } }
