"""The rival of scripts/bench/sacrebleu.ts: the real sacreBLEU on the same segments, one thread.

    python scripts/bench/sacrebleu_upstream.py MEASURE CORPUS.tsv

CORPUS.tsv has a system's output, another system's and the reference. Prints one JSON line: seconds without import and reading, and the numbers found,
so that the other side can check that it found the same.
"""
import json
import logging
import sys
import time

from sacrebleu.metrics import BLEU, CHRF, TER
from sacrebleu.significance import PairedTest

METRICS = {"bleu": lambda **given: BLEU(**given), "chrf": lambda **given: CHRF(**given), "chrf++": lambda **given: CHRF(word_order=2, **given), "ter": lambda **given: TER(**given)}


def main(measure, path):
    logging.getLogger("sacrebleu").setLevel(logging.ERROR)
    with open(path, encoding="utf-8", newline="\n") as file:
        rows = [line.rstrip("\n").split("\t") for line in file]
    first, second, refs = ([row[column] for row in rows] for column in range(3))
    if measure in METRICS:
        start = time.perf_counter()
        found = [METRICS[measure]().corpus_score(first, [refs]).score]
        seconds = time.perf_counter() - start
    else:
        name, part = measure.split(":")
        start = time.perf_counter()
        metric = METRICS[name](references=[refs])
        if part == "resampling":
            keep_statistics(metric, [first, second])
            start = time.perf_counter()
        _, scores = PairedTest([("first", first), ("second", second)], {name: metric}, None, test_type="bs", n_samples=1000)()
        seconds = time.perf_counter() - start
        found = [row[1].p_value for key, row in scores.items() if key != "System"]
    print(json.dumps({"seconds": seconds, "found": found}))


def keep_statistics(metric, systems):
    """Has statistics extracted beforehand, so that only resampling is measured."""
    known = {id(system): metric._extract_corpus_statistics(system, None) for system in systems}
    metric._extract_corpus_statistics = lambda hypotheses, references: known[id(hypotheses)]


if __name__ == "__main__":
    main(*sys.argv[1:])
