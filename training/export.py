"""From weights to a bundle, and back: `python -m training.export --weights FILE --out DIR`.

The graph is exported once, and its matrices are stored as 8-bit whole numbers, each row (channel) with its own scale: a quarter
of the size and nearly three times the speed on a CPU. What is not a matrix over tokens (how far two words stand apart, the
links' scales) goes into `bundle.json`, with the labels, so that decoding needs no more than these files.

`reopened` gives the weights that a bundle holds, each as its 8 bits say, so that a training can go on from what ships.
"""

from __future__ import annotations

import argparse
import hashlib
import json
from pathlib import Path
from typing import Any

import onnx
import torch
from onnx import numpy_helper
from onnxruntime.quantization import QuantType, quantize_dynamic
from onnxruntime.quantization.shape_inference import quant_pre_process

from crossbearing.read.network import labels
from training.model import Reader, pretrained, restored


def export(weights: Path, out: Path) -> dict[str, Any]:
    model, held = restored(weights)
    out.mkdir(parents=True, exist_ok=True)
    full = out / "full.onnx"
    ids = torch.randint(1000, 2000, (2, 64))
    shapes = torch.full_like(ids, 2)
    axes = {0: "windows", 1: "pieces"}
    torch.onnx.export(
        model, (ids, shapes), str(full), input_names=["ids", "shapes"], output_names=["flat", "wide"],
        dynamic_axes=dict.fromkeys(("ids", "shapes", "flat", "wide"), axes), opset_version=17, dynamo=False,
    )  # fmt: skip
    quant_pre_process(str(full), str(full), skip_symbolic_shape=True)
    quantize_dynamic(str(full), str(out / "model.onnx"), per_channel=True, weight_type=QuantType.QInt8)
    _strip(out / "model.onnx")
    full.unlink()
    _tokenizer(pretrained() / "tokenizer.json", out / "tokenizer.json")
    (out / "bundle.json").write_text(json.dumps(tables(model, held), separators=(",", ":")) + "\n")
    return held


def _strip(path: Path) -> None:
    """Without the exporter's notes on where in its source each node stood."""
    graph = onnx.load(str(path))
    for node in graph.graph.node:
        node.doc_string = ""
    onnx.save(graph, str(path))


def _tokenizer(source: Path, out: Path) -> None:
    made = json.loads(source.read_text(encoding="utf-8"))
    made["truncation"] = made["padding"] = None
    out.write_text(json.dumps(made, ensure_ascii=False, separators=(",", ":")), encoding="utf-8")


def tables(model: Reader, held: dict[str, Any]) -> dict[str, Any]:
    return {
        "format": 1,
        "labels": labels.digest(),
        "names": "hidden" if held["config"]["hide_names"] else "told",
        "training": hashlib.sha256(held["digest"].encode()).hexdigest(),
        "near": {name: [[round(v, 4) for v in row] for row in table.tolist()] for name, table in model.near.items()},
        "link": {name: [round(v, 4) for v in scale.tolist()] for name, scale in model.link.items()},
        "calibration": {},
    }


def reopened(bundle: Path) -> dict[str, torch.Tensor]:
    """A `Reader`'s weights out of a bundle: what was a whole number times its scale, as a fraction again."""
    graph = onnx.load(str(bundle / "model.onnx")).graph
    held = {one.name: torch.from_numpy(numpy_helper.to_array(one).copy()) for one in graph.initializer}
    made_by = {name: node for node in graph.node for name in node.output}

    def matrix(node: onnx.NodeProto) -> str | None:
        """The name of the matrix whose product a bias is added to: the product stands a few steps before the sum."""
        if node.op_type == "MatMulInteger":
            return node.input[1].removesuffix("_quantized")
        if node.op_type not in ("Add", "Mul", "Cast"):
            return None
        return next((found for name in node.input if name in made_by and (found := matrix(made_by[name]))), None)

    def whole(name: str) -> torch.Tensor:
        return (held[name + "_quantized"].float() - held[name + "_zero_point"].float()) * held[name + "_scale"]

    names = {name for name in held if name.endswith((".weight", ".bias"))}
    state = {name: held[name] for name in names}
    embedded = (name.removesuffix("_quantized") for name in held if name.endswith(".weight_quantized"))
    state |= {name: whole(name) for name in embedded}
    for node in graph.node:
        bias = next((name for name in node.input if name in names and name.endswith(".bias")), None)
        if node.op_type == "Add" and bias and (product := matrix(node)):
            state[bias.removesuffix("bias") + "weight"] = whole(product).T.contiguous()
    said = json.loads((bundle / "bundle.json").read_text(encoding="utf-8"))
    state |= {f"near.{name}": torch.tensor(table) for name, table in said["near"].items()}
    return state | {f"link.{name}": torch.tensor(scale) for name, scale in said["link"].items()}


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--weights", type=Path, required=True)
    parser.add_argument("--out", type=Path, required=True)
    args = parser.parse_args()
    export(args.weights, args.out)
    for file in sorted(args.out.iterdir()):
        print(f"{file.name}: {file.stat().st_size / 1e6:.1f} MB")


if __name__ == "__main__":
    main()
