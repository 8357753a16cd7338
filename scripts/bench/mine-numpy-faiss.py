"""LASER's mining recipe on given vectors with NumPy and FAISS (PyPI faiss-cpu): what `mine-exact.ts` is compared with.

    python mine-numpy-faiss.py SOURCE.npy TARGET.npy [threads]

Exact inner-product search both ways (IndexFlatIP), ratio margin, k = 4, retrieval max; prints seconds without the reading of files.
"""
import sys
import time

import faiss
import numpy as np

x, y = (np.load(path).astype(np.float32) for path in sys.argv[1:3])
faiss.omp_set_num_threads(int(sys.argv[3]) if len(sys.argv) > 3 else 2)
start = time.time()
faiss.normalize_L2(x)
faiss.normalize_L2(y)


def search(queries, base, k=4):
    index = faiss.IndexFlatIP(base.shape[1])
    index.add(base)
    return index.search(queries, k)


fc, fi = search(x, y)
bc, bi = search(y, x)
searched = time.time()
ax, ay = fc.mean(1, dtype=np.float64), bc.mean(1, dtype=np.float64)
fm = fc / ((ax[:, None] + ay[fi]) / 2)
bm = bc / ((ax[bi] + ay[:, None]) / 2)
f, b = fm.argmax(1), bm.argmax(1)
source = np.concatenate([np.arange(len(x)), bi[np.arange(len(y)), b]])
target = np.concatenate([fi[np.arange(len(x)), f], np.arange(len(y))])
margin = np.concatenate([fm.max(1), bm.max(1)])
used_source, used_target, kept = set(), set(), 0
for i in np.argsort(-margin, kind='stable'):
    s, t = source[i], target[i]
    if s not in used_source and t not in used_target:
        used_source.add(s)
        used_target.add(t)
        kept += 1
print(f'{len(x)} x {len(y)} x {x.shape[1]}: search {searched - start:.2f} s, whole {time.time() - start:.2f} s, {kept} pairs')
