"""LASER's mining recipe in NumPy with the project's tie rule: the reference that mining without refinement must equal.

python laser_reference.py SOURCE.npy TARGET.npy OUT_FOLDER K [PAIRS.npy]: writes one file a combination of margin and retrieval, `<margin>.<retrieval>.tsv`
with margin, cosine, source index, target index in rule order. float64 throughout; float32 only preselects neighbours, eight more than are needed.
"""
import sys
import numpy as np

source, target, out, k = sys.argv[1], sys.argv[2], sys.argv[3], int(sys.argv[4])
unit = lambda x: x / np.maximum(np.linalg.norm(x, axis=1, keepdims=True), 1e-12)
cosine_key, margin_key = (lambda c: np.floor(c * 1e12 + .5)), (lambda m: np.floor(m * 1e6 + .5))


def neighbours(x, y):
    """k nearest by (cosine desc, index asc), float64 cosines."""
    index, cosine = np.empty((len(x), k), np.int64), np.empty((len(x), k))
    for first in range(0, len(x), 1024):
        rows = x[first:first + 1024]
        near = np.argpartition(-(rows.astype(np.float32) @ y.T.astype(np.float32)), k + 8, axis=1)[:, :k + 8]
        exact = np.stack([y[n] @ r for n, r in zip(near, rows)])
        order = np.lexsort((near, -cosine_key(exact)), axis=1)[:, :k]
        index[first:first + 1024], cosine[first:first + 1024] = np.take_along_axis(near, order, 1), np.take_along_axis(exact, order, 1)
    return index, cosine


def best(index, cosine, margin):
    """Of each row's neighbours the best by (margin desc, cosine desc, index asc)."""
    first = np.lexsort((index, -cosine_key(cosine), -margin_key(margin)), axis=1)[:, :1]
    return [np.take_along_axis(a, first, 1)[:, 0] for a in (margin, cosine, index)]


def retrieve(kind, forward, backward):
    (fm, fc, ft), (bm, bc, bs) = forward, backward
    rows, columns = np.arange(len(ft)), np.arange(len(bs))
    if kind == 'forward': chosen = (fm, fc, rows, ft)
    elif kind == 'backward': chosen = (bm, bc, bs, columns)
    elif kind == 'intersection': chosen = tuple(a[bs[ft] == rows] for a in (fm, fc, rows, ft))
    else:
        chosen = tuple(np.concatenate(z) for z in zip((fm, fc, rows, ft), (bm, bc, bs, columns)))
        _, once = np.unique(chosen[2] * len(bs) + chosen[3], return_index=True)
        chosen = tuple(a[once] for a in chosen)
    margin, cosine, s, t = chosen
    order = np.lexsort((t, s, -cosine_key(cosine), -margin_key(margin)))
    margin, cosine, s, t = (a[order] for a in chosen)
    if kind != 'max': return margin, cosine, s, t
    used_s, used_t, keep = set(), set(), []
    for place, pair in enumerate(zip(s.tolist(), t.tolist())):
        if pair[0] in used_s or pair[1] in used_t: continue
        used_s.add(pair[0]); used_t.add(pair[1]); keep.append(place)
    return tuple(a[keep] for a in (margin, cosine, s, t))


x, y = unit(np.load(source).astype(np.float64)), unit(np.load(target).astype(np.float64))
(fi, fc), (bi, bc) = neighbours(x, y), neighbours(y, x)
mean_x, mean_y = fc.mean(1), bc.mean(1)
for name, score in {'ratio': lambda c, m: c / m, 'distance': lambda c, m: c - m, 'absolute': lambda c, m: c}.items():
    forward = best(fi, fc, score(fc, (mean_x[:, None] + mean_y[fi]) / 2))
    backward = best(bi, bc, score(bc, (mean_x[bi] + mean_y[:, None]) / 2))
    for kind in ('forward', 'backward', 'intersection', 'max', 'union'):
        pairs = retrieve(kind, forward, backward)
        with open(f'{out}/{name}.{kind}.tsv', 'w') as file:
            for m, c, s, t in zip(*pairs): file.write(f'{m:.12f}\t{c:.12f}\t{s}\t{t}\n')
