"""Convolution, pooling and normalisation spelled out: one number at a time, no torch.nn. Images are [B, H, W, C]."""
import torch


def places(x, side, stride, padding):
    """For every position of a window what it meets: (image, line, column, [(place, pixel or None)])."""
    _, height, width, _ = x.shape
    for image in range(x.shape[0]):
        for i, top in enumerate(range(-padding, height + padding - side + 1, stride)):
            for j, left in enumerate(range(-padding, width + padding - side + 1, stride)):
                seen = []
                for p in range(side * side):
                    y, z = top + p // side, left + p % side
                    inside = 0 <= y < height and 0 <= z < width
                    seen.append((p, x[image, y, z] if inside else None))
                yield image, i, j, seen


def assembled(x, cells):
    height = 1 + max(i for _, i, _, _ in cells)
    width = 1 + max(j for _, _, j, _ in cells)
    return torch.stack([v for _, _, _, v in cells]).reshape(x.shape[0], height, width, -1)


def convolution(x, weight, bias, side, stride, padding, groups):
    """`weight` [out, side·side·in/groups], places line by line, then channels."""
    outputs, inputs = weight.shape[0], x.shape[3]
    cells = []
    for image, i, j, seen in places(x, side, stride, padding):
        numbers = []
        for o in range(outputs):
            first = o // (outputs // groups) * (inputs // groups)
            total = bias[o].clone() if bias is not None else torch.zeros(())
            for p, pixel in seen:
                for c in range(inputs // groups):
                    if pixel is not None:
                        total = total + weight[o, p * (inputs // groups) + c] * pixel[first + c]
            numbers.append(total)
        cells.append((image, i, j, torch.stack(numbers)))
    return assembled(x, cells)


def pooling(x, side, stride, padding, of):
    """`of`: max or mean; zeros around the image count for the mean and never are the greatest."""
    cells = []
    for image, i, j, seen in places(x, side, stride, padding):
        pixels = torch.stack([p for _, p in seen if p is not None])
        value = pixels.max(0).values if of == "max" else pixels.sum(0) / side ** 2
        cells.append((image, i, j, value))
    return assembled(x, cells)


def batch_norm(x, gain, bias, epsilon, mean=None, variance=None):
    """With the statistics of the batch, or those given."""
    rows = x.reshape(-1, x.shape[-1])
    if mean is None:
        mean = rows.sum(0) / len(rows)
        variance = ((rows - mean) ** 2).sum(0) / len(rows)
    return ((rows - mean) / (variance + epsilon).sqrt() * gain + bias).reshape(x.shape)


def squeeze(x, inner, outer):
    scaled = []
    for image in x:
        mean = image.reshape(-1, image.shape[-1]).sum(0) / (image.shape[0] * image.shape[1])
        factor = 1 / (1 + torch.exp(-(outer @ torch.clamp(inner @ mean, min=0))))
        scaled.append(image * factor)
    return torch.stack(scaled)


def attention(rows, key, value):
    """What each head of each image of [B, H, W, heads · (2 key + value)] gives, and its values: head after head."""
    images, height, width, channels = rows.shape
    heads = channels // (2 * key + value)
    results, values = [], []
    for image in rows.reshape(images, height * width, heads, 2 * key + value):
        per_head = []
        for h in range(heads):
            q, k, v = image[:, h, :key], image[:, h, key:2 * key], image[:, h, 2 * key:]
            pixels = []
            for t in range(height * width):
                scores = torch.stack([(q[t] * k[s]).sum() / key ** 0.5 for s in range(height * width)])
                weights = torch.exp(scores - scores.max())
                weights = weights / weights.sum()
                pixels.append(sum(w * u for w, u in zip(weights, v)))
            per_head.append(torch.stack(pixels))
        results.append(torch.cat(per_head, 1).reshape(height, width, -1))
        values.append(image[:, :, 2 * key:].reshape(height, width, -1))
    return torch.stack(results), torch.stack(values)
