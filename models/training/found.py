"""Runs the shipped ONNX file as the product does: stretch, session, decode, own class-wise NMS."""
import numpy as np
import onnxruntime
import torch
import torchvision

from net import decode, grid

CELLS = grid()


def open_session(path):
    options = onnxruntime.SessionOptions()
    options.intra_op_num_threads = 1
    return onnxruntime.InferenceSession(path, options, providers=["CPUExecutionProvider"])


def detect(session, image, least=0.05, overlap=0.6):
    """uint8 RGB [288,512,3] → rows of label, score, x1, y1, x2, y2 in input pixels, best first."""
    out = torch.from_numpy(session.run(None, {"images": image[None]})[0])[0]
    box = decode(out, CELLS)
    corners = torch.cat((box[:, :2] - box[:, 2:] / 2, box[:, :2] + box[:, 2:] / 2), 1)
    score, row = (out[:, 5:] * out[:, 4:5]).flatten(), torch.arange(out.shape[0]).repeat_interleave(out.shape[1] - 5)
    label = torch.arange(out.shape[1] - 5).repeat(out.shape[0])
    good = score > least
    score, row, label = score[good], row[good], label[good]
    keep = torchvision.ops.batched_nms(corners[row], score, label, overlap)[:200]
    return np.concatenate((label[keep, None].numpy(), score[keep, None].numpy(), corners[row[keep]].numpy()), 1)
