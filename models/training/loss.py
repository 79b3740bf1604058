"""SimOTA assignment and losses, after YOLOX (Ge et al. 2021), written anew and kept short."""
import torch
import torch.nn.functional as F

from net import decode


def pair_iou(a, b):
    """IoU of [n,4] with [m,4], centre form."""
    a1, a2, b1, b2 = a[:, None, :2] - a[:, None, 2:] / 2, a[:, None, :2] + a[:, None, 2:] / 2, b[None, :, :2] - b[None, :, 2:] / 2, b[None, :, :2] + b[None, :, 2:] / 2
    inter = (torch.minimum(a2, b2) - torch.maximum(a1, b1)).clamp(min=0).prod(2)
    return inter / (a[:, None, 2:].prod(2) + b[None, :, 2:].prod(2) - inter + 1e-6)


@torch.no_grad()
def assign(boxes, scores, truth, labels, cells, radius=2.0):
    """Which outputs answer for which truth: (indices of outputs, index of truth for each, IoU for each)."""
    centre = (cells[:, :2] + 0.5) * cells[:, 2:3]
    away = (centre[None] - truth[:, None, :2]).abs()
    in_box = (away < truth[:, None, 2:] / 2).all(2)
    near = (away < radius * cells[None, :, 2:3]).all(2)
    possible = (in_box | near).any(0).nonzero().squeeze(1)
    both = (in_box & near)[:, possible]
    iou = pair_iou(truth, boxes[possible])
    p = scores[possible][:, labels].T.clamp(1e-6, 1 - 1e-6)
    cost = -torch.log(p) + 3 * -torch.log(iou + 1e-8) + 1e5 * (~both)
    k = iou.topk(min(10, iou.shape[1]), dim=1).values.sum(1).int().clamp(min=1)
    match = torch.zeros_like(cost, dtype=torch.bool)
    for g in range(len(truth)):
        match[g, cost[g].topk(min(int(k[g]), cost.shape[1]), largest=False).indices] = True
    shared = match.sum(0) > 1
    if shared.any():
        best = cost[:, shared].argmin(0)
        match[:, shared] = False
        match[best, shared.nonzero().squeeze(1)] = True
    owner, column = match.nonzero(as_tuple=True)
    return possible[column], owner, iou[owner, column]


def losses(raw, truths, cells):
    """raw [B,N,13] float32; truths: list of [n,5] (label, cx, cy, w, h in input pixels)."""
    boxes = decode(raw, cells)
    things = torch.zeros(raw.shape[:2])
    prob = raw[..., 4:].detach().sigmoid()
    at, want_box, want_class = [], [], []
    for i, t in enumerate(truths):
        if not len(t):
            continue
        index, owner, iou = assign(boxes[i].detach(), (prob[i, :, 1:] * prob[i, :, :1]).sqrt(), t[:, 1:], t[:, 0].long(), cells)
        things[i, index] = 1
        at.append(index + i * raw.shape[1])
        want_box.append(t[owner, 1:])
        want_class.append(F.one_hot(t[owner, 0].long(), raw.shape[2] - 5) * iou[:, None])
    count = max(1.0, float(things.sum()))
    # focal weighting of the background: most of the 3024 outputs are easy
    p = raw[..., 4].sigmoid()
    thing = (F.binary_cross_entropy_with_logits(raw[..., 4], things, reduction="none") * (0.25 + 0.75 * (p - things).detach().abs())).sum() / count
    if not at:
        return thing, raw.sum() * 0, raw.sum() * 0
    at, want_box, want_class = torch.cat(at), torch.cat(want_box), torch.cat(want_class)
    b = boxes.reshape(-1, 4)[at]
    lo, hi = torch.maximum(b[:, :2] - b[:, 2:] / 2, want_box[:, :2] - want_box[:, 2:] / 2), torch.minimum(b[:, :2] + b[:, 2:] / 2, want_box[:, :2] + want_box[:, 2:] / 2)
    inter = (hi - lo).clamp(min=0).prod(1)
    iou = inter / (b[:, 2:].prod(1) + want_box[:, 2:].prod(1) - inter + 1e-6)
    far = ((b[:, :2] - want_box[:, :2]) ** 2).sum(1) / (want_box[:, 2:] ** 2).sum(1).clamp(min=1)  # DIoU-like pull while boxes do not touch
    box = (1 - iou**2 + 0.3 * far.clamp(max=2)).sum() / count
    kind = F.binary_cross_entropy_with_logits(raw[..., 5:].reshape(-1, raw.shape[2] - 5)[at], want_class, reduction="sum") / count
    return thing, box * 5, kind
