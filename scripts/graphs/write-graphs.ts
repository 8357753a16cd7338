import { writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { forwardGraph, plainTileGraph, productGraph, tileGraph } from '../../main/engine/knn/tile-graph.ts';
import { writeGraph } from '../../main/engine/graph-writer.ts';

/** Writes the search graphs into `resources/graphs/`: node scripts/graphs/write-graphs.ts */
const folder = join(import.meta.dirname, '../../resources/graphs');
for (const graph of [tileGraph, plainTileGraph, forwardGraph, productGraph]) writeFileSync(join(folder, `${graph.name}.onnx`), writeGraph(graph));
