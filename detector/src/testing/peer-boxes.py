"""
Boxes of detection models by another hand: numpy and onnxruntime from PyPI, written from the projects' formulae, nothing shared with the
TypeScript decoders and no change to the graph.
  python3 peer-boxes.py < request.json
request: { "model": path, "manifest": {...}, "frames": [path of rgb24 bytes, model sized] }; answer: one list of
[class, score, x1, y1, x2, y2] a frame, edges in pixels of the model input, best first.
Sources: YOLOX demo/ONNXRuntime (`preproc`, `demo_postprocess`, `multiclass_nms`); OpenCV Zoo object_detection_nanodet (`NanoDet.post_process`);
DEIMv2 tools/inference/onnx_inf.py (labels, boxes, scores come out decoded for the size that was fed).
"""
import json
import sys

import numpy as np
import onnxruntime


def pixels(frame, spec):
    h, w = spec["height"], spec["width"]
    image = np.fromfile(frame, np.uint8).reshape(h, w, 3)
    if spec["channels"] == "BGR":
        image = image[:, :, ::-1]
    if spec["dtype"] == "float32":
        image = (image.astype(np.float64) * spec["scale"] - np.array(spec["mean"])) / np.array(spec["std"])
        image = image.astype(np.float32)
    if spec["layout"] == "NCHW":
        image = image.transpose(2, 0, 1)
    return np.ascontiguousarray(image[None])


def suppress(rows, limit):
    """Greedy suppression within each class; rows of class, score, x1, y1, x2, y2."""
    rows = rows[np.argsort(-rows[:, 1], kind="stable")]
    kept = []
    while len(rows):
        best, rows = rows[0], rows[1:]
        kept.append(best)
        wide = np.minimum(best[4], rows[:, 4]) - np.maximum(best[2], rows[:, 2])
        high = np.minimum(best[5], rows[:, 5]) - np.maximum(best[3], rows[:, 3])
        shared = np.clip(wide, 0, None) * np.clip(high, 0, None)
        area = (rows[:, 4] - rows[:, 2]) * (rows[:, 5] - rows[:, 3])
        union = (best[4] - best[2]) * (best[5] - best[3]) + area - shared
        rows = rows[(rows[:, 0] != best[0]) | (shared / union <= limit)]
    return kept


def yolox(out, manifest):
    rows = out[manifest["outputs"]["predictions"]][0].astype(np.float64)
    h, w = manifest["input"]["height"], manifest["input"]["width"]
    grids, strides = [], []
    for stride in manifest["strides"]:
        ys, xs = np.mgrid[0 : h // stride, 0 : w // stride]
        grids.append(np.stack([xs.ravel(), ys.ravel()], 1))
        strides.append(np.full((xs.size, 1), stride))
    grid, stride = np.concatenate(grids), np.concatenate(strides)
    centre = (rows[:, :2] + grid) * stride
    half = np.exp(rows[:, 2:4]) * stride / 2
    scores = rows[:, 4:5] * rows[:, 5:]
    return np.column_stack([scores.argmax(1), scores.max(1), centre - half, centre + half])


def nanodet(out, manifest):
    h, w = manifest["input"]["height"], manifest["input"]["width"]
    bins = manifest["bins"]
    parts = []
    names = manifest["outputs"]
    for stride, score_name, distance_name in zip(manifest["strides"], names["scores"], names["distances"]):
        scores = out[score_name][0].astype(np.float64)
        power = np.exp(out[distance_name][0].astype(np.float64).reshape(-1, 4, bins))
        sides = (power / power.sum(2, keepdims=True)) @ np.arange(bins) * stride
        ys, xs = np.mgrid[0 : h // stride, 0 : w // stride]
        point = np.stack([xs.ravel(), ys.ravel()], 1) * stride + 0.5 * (stride - 1)
        edges = np.concatenate([point - sides[:, :2], point + sides[:, 2:]], 1)
        edges[:, 0::2] = edges[:, 0::2].clip(0, w)
        edges[:, 1::2] = edges[:, 1::2].clip(0, h)
        parts.append(np.column_stack([scores.argmax(1), scores.max(1), edges]))
    return np.concatenate(parts)


def detr(out, manifest):
    names = manifest["outputs"]
    return np.column_stack([out[names["labels"]][0], out[names["scores"]][0], out[names["boxes"]][0]])


def main():
    request = json.load(sys.stdin)
    manifest = request["manifest"]
    options = onnxruntime.SessionOptions()
    options.intra_op_num_threads = 1
    options.log_severity_level = 3
    session = onnxruntime.InferenceSession(request["model"], options, providers=["CPUExecutionProvider"])
    names = [output.name for output in session.get_outputs()]
    answers = []
    for frame in request["frames"]:
        feeds = {manifest["input"]["name"]: pixels(frame, manifest["input"])}
        if "sizeInput" in manifest:
            feeds[manifest["sizeInput"]] = np.array([[manifest["input"]["width"], manifest["input"]["height"]]], np.int64)
        out = dict(zip(names, session.run(None, feeds)))
        rows = {"yolox": yolox, "nanodet": nanodet, "detr": detr}[manifest["family"]](out, manifest)
        rows = rows[rows[:, 1] >= manifest["scoreThreshold"]]
        kept = suppress(rows, manifest["nmsIou"]) if "nmsIou" in manifest else rows[np.argsort(-rows[:, 1], kind="stable")]
        answers.append([[float(v) for v in row] for row in kept])
    json.dump(answers, sys.stdout)


main()
