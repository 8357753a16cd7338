"""The rival of scripts/bench/encode.ts: Python's onnxruntime fed with the same length-sorted batches, tokenising included.

    python scripts/bench/encode.py MODEL_FOLDER SENTENCES_FILE THREADS BATCH_TOKENS BLOCK_SENTENCES

SENTENCES_FILE has one sentence a line. Prints one JSON line: seconds of tokenising and of inference, sentences a second, a checksum of the vectors.
"""
import gzip
import json
import os
import sys
import time

import numpy as np
import onnxruntime as ort
from tokenizers import Tokenizer


def main(folder, path, threads, budget, block):
    with open(os.path.join(folder, "model.json"), encoding="utf8") as handle:
        facts = json.load(handle)
    plain = os.path.join(folder, "tokenizer.json")
    tokenizer = Tokenizer.from_file(plain) if os.path.exists(plain) else Tokenizer.from_str(gzip.open(plain + ".gz", "rt", encoding="utf8").read())
    tokenizer.no_padding()
    tokenizer.enable_truncation(facts["maxTokens"])
    options = ort.SessionOptions()
    options.intra_op_num_threads = threads
    session = ort.InferenceSession(os.path.join(folder, "model.onnx"), options, providers=["CPUExecutionProvider"])
    with open(path, encoding="utf8") as handle:
        texts = handle.read().split("\n")[:-1]
    run(facts, tokenizer, session, texts[:64], budget)
    start = time.perf_counter()
    parts = [run(facts, tokenizer, session, texts[first : first + block], budget) for first in range(0, len(texts), block)]
    seconds = time.perf_counter() - start
    out, tokenising = np.concatenate([part[0] for part in parts]), sum(part[1] for part in parts)
    print(json.dumps({
        "runtime": f"Python onnxruntime {ort.__version__}", "sentences": len(texts), "seconds": round(seconds, 3), "tokenising": round(tokenising, 3),
        "perSecond": round(len(texts) / seconds, 1), "sum": round(float(np.abs(out.astype(np.float64)).sum()), 3),
    }))


def run(facts, tokenizer, session, texts, budget):
    start = time.perf_counter()
    ids = [encoding.ids for encoding in tokenizer.encode_batch([facts["prefix"] + text for text in texts])]
    tokenising = time.perf_counter() - start
    order = sorted(range(len(ids)), key=lambda index: (len(ids[index]), index))
    out = np.zeros((len(ids), facts["dim"]), np.float32)
    batch = []

    def flush():
        width = max(len(ids[index]) for index in batch)
        tokens = np.full((len(batch), width), facts["padId"], np.int64)
        mask = np.zeros((len(batch), width), np.int64)
        for row, index in enumerate(batch):
            tokens[row, : len(ids[index])] = ids[index]
            mask[row, : len(ids[index])] = 1
        out[batch] = session.run([facts["output"]], {"input_ids": tokens, "attention_mask": mask})[0]
        batch.clear()

    for index in order:
        if batch and (len(batch) + 1) * max(1, len(ids[index])) > budget:
            flush()
        batch.append(index)
    if batch:
        flush()
    return out, tokenising


if __name__ == "__main__":
    main(sys.argv[1], sys.argv[2], int(sys.argv[3]), int(sys.argv[4]), int(sys.argv[5]))
