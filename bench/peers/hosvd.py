"""The same work in numpy: hosvd.py SUITE MILLISECONDS prints a line of JSON for each figure.

One thread; data are the sequence of intarsia.bench.Numbers.
"""
import json
import os
import sys
import time
import zlib

os.environ["OPENBLAS_NUM_THREADS"] = "1"
import numpy as np


def numbers(name, *shape):
    state = zlib.crc32(name.encode())
    values = np.empty(np.prod(shape))
    for i in range(values.size):
        state = (state * 1664525 + 1013904223) & 0xFFFFFFFF
        values[i] = state / 2147483648.0 - 1
    return values.reshape(shape)


def unfold(a, mode):
    return np.moveaxis(a, mode, 0).reshape(a.shape[mode], -1)


def by_svd(unfolded, rank):
    return np.linalg.svd(unfolded, full_matrices=False)[0][:, :rank]


def by_gram(unfolded, rank):
    return np.linalg.eigh(unfolded @ unfolded.T)[1][:, ::-1][:, :rank]


def hosvd(a, vectors):
    factors = [vectors(unfold(a, k), max(1, a.shape[k] // 5)) for k in range(a.ndim)]
    core = a
    for k, factor in enumerate(factors):
        core = np.moveaxis(np.tensordot(factor, core, axes=(0, k)), 0, k)
    return core, factors


def nanoseconds(work, millis):
    """Median of at least three calls, after two."""
    work()
    work()
    taken = []
    end = time.perf_counter_ns() + int(3 * millis * 1e6)
    while len(taken) < 3 or time.perf_counter_ns() < end:
        start = time.perf_counter_ns()
        work()
        taken.append(time.perf_counter_ns() - start)
    return float(np.median(taken))


if __name__ == "__main__" and sys.argv[1] == "tenmtl":
    for sizes in ((200, 200, 50), (60, 40, 30)):
        a = numbers("a", *sizes)
        for name, vectors in (("HOSVD", by_svd), ("HOSVD by Gram", by_gram)):
            row = name + " " + "x".join(map(str, sizes))
            value = nanoseconds(lambda: hosvd(a, vectors), int(sys.argv[2]))
            print(json.dumps({"suite": "tenmtl", "row": row, "series": "numpy", "value": value}), flush=True)
