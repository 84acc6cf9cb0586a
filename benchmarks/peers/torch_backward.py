"""The attention decoder of the BiGRU model with a backward written by hand: what PyTorch can do without its autograd."""
import torch


class AttentionDecoder(torch.autograd.Function):
    """All steps of the decoder. Shapes: T steps, B sentences, S source positions, H state, A attention.

    `gates` `[T, B, 3H]` is the embedding's part with the input's bias; `mask` is None or `[B, S]`.
    """

    @staticmethod
    def forward(ctx, gates, h0, keys, values, mask, context_weight, state_weight, state_bias, query_weight, vector):
        (T, B, G), (_, S, A), D = gates.shape, keys.shape, values.shape[2]
        H = G // 3
        h, c = gates.new_empty(T + 1, B, H), gates.new_empty(T + 1, B, D)
        rz, n, state_n = gates.new_empty(T, B, 2 * H), gates.new_empty(T, B, H), gates.new_empty(T, B, H)
        u, weights = gates.new_empty(T, B, S, A), gates.new_empty(T, B, S)
        x, y, q = gates.new_empty(B, G), gates.new_empty(B, G), gates.new_empty(B, A)
        h[0] = h0
        c[0].zero_()
        for t in range(T):
            torch.addmm(gates[t], c[t], context_weight.t(), out=x)
            torch.addmm(state_bias, h[t], state_weight.t(), out=y)
            torch.add(x[:, :2 * H], y[:, :2 * H], out=rz[t]).sigmoid_()
            state_n[t] = y[:, 2 * H:]
            torch.addcmul(x[:, 2 * H:], rz[t, :, :H], y[:, 2 * H:], out=n[t]).tanh_()
            torch.lerp(n[t], h[t], rz[t, :, H:], out=h[t + 1])
            torch.mm(h[t + 1], query_weight.t(), out=q)
            torch.add(keys, q.unsqueeze(1), out=u[t]).tanh_()
            scores = torch.mv(u[t].view(B * S, A), vector).view(B, S)
            if mask is not None:
                scores += mask
            torch.softmax(scores, 1, out=weights[t])
            torch.bmm(weights[t].unsqueeze(1), values, out=c[t + 1].unsqueeze(1))
        ctx.save_for_backward(h, c, rz, n, state_n, u, weights, values, context_weight, state_weight, query_weight, vector)
        return h[1:], c[1:]

    @staticmethod
    def backward(ctx, dh_all, dc_all):
        h, c, rz, n, state_n, u, weights, values, context_weight, state_weight, query_weight, vector = ctx.saved_tensors
        T, B, S, A = u.shape
        H = h.shape[2]
        dx, dy = h.new_empty(T, B, 3 * H), h.new_empty(T, B, 3 * H)
        dq, dscores, dcontext = h.new_empty(T, B, A), h.new_empty(T, B, S), torch.empty_like(dc_all)
        dkeys, du = h.new_zeros(B, S, A), h.new_empty(B, S, A)
        dh, dc = h.new_zeros(B, H), torch.zeros_like(dc_all[0])
        for t in range(T - 1, -1, -1):
            torch.add(dc_all[t], dc, out=dcontext[t])
            dweights = torch.bmm(dcontext[t].unsqueeze(1), values.transpose(1, 2)).squeeze(1)
            dweights *= weights[t]
            torch.addcmul(dweights, weights[t], dweights.sum(1, keepdim=True), value=-1, out=dscores[t])
            torch.mul(u[t], u[t], out=du)
            du.neg_().add_(1.0)
            du *= vector
            du *= dscores[t].unsqueeze(2)
            dkeys += du
            torch.sum(du, 1, out=dq[t])
            dh = torch.addmm(dh, dq[t], query_weight)
            dh += dh_all[t]
            r, z = rz[t, :, :H], rz[t, :, H:]
            dn = dh * (1 - z) * (1 - n[t] * n[t])
            dx[t, :, 2 * H:] = dn
            dy[t, :, 2 * H:] = dn * r
            dx[t, :, :H] = dn * state_n[t] * r * (1 - r)
            dx[t, :, H:2 * H] = dh * (h[t] - n[t]) * z * (1 - z)
            dy[t, :, :2 * H] = dx[t, :, :2 * H]
            dc = dx[t] @ context_weight
            dh = torch.addmm(dh * z, dy[t], state_weight)
        x, y, q = dx.view(T * B, -1), dy.view(T * B, -1), dq.view(T * B, -1)
        return (dx, dh, dkeys, torch.bmm(weights.permute(1, 2, 0), dcontext.transpose(0, 1)), None,
                x.t() @ c[:-1].reshape(T * B, -1), y.t() @ h[:-1].reshape(T * B, -1), y.sum(0),
                q.t() @ h[1:].reshape(T * B, -1), u.view(-1, A).t() @ dscores.view(-1))
