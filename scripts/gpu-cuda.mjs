/** `npm run gpu:cuda`: set up, then `scripts/gpu-cuda.ts`. */
import { main, runUnderProjectNode, setUp } from './set-up.mjs';

await main(async () => {
  await setUp();
  return runUnderProjectNode('scripts/gpu-cuda.ts', process.argv.slice(2));
});
