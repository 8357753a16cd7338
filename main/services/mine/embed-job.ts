import * as v from 'valibot';
import { Failure } from '../../contract/errors.ts';
import { minePlan } from '../../contract/mine.ts';
import { encodeCollection, encodePlanOf, vectorPlace } from '../engine/index.ts';
import type { JobWork } from '../jobs/index.ts';
import type { RunWorkInput } from './run-job.ts';

export const embedParameters = v.object({ collection: v.number(), plan: minePlan, out: v.nullable(v.string()) });

/** Encodes a collection and nothing more; its vectors are there for later runs, and on demand as a NumPy file. */
export const createEmbedWork = (input: Pick<RunWorkInput, 'project' | 'engine' | 'encoderById'>): JobWork => ({
  pausable: true,
  lane: 'engine',
  run: async (control, given) => {
    const { collection, plan, out } = v.parse(embedParameters, given);
    const project = input.project();
    const side = project.collections.sides(collection).source;
    const sentences = project.sentences.count(side);
    if (out !== null && plan.encoders.length > 1) throw new Failure('bad-input', 'Two encoders do not fit into one file.', { hint: 'Name one encoder.' });
    control.setCollection(collection);
    await input.engine.withRetries(async (engine) => {
      const stage = control.stage('encode-source');
      stage.start(sentences * plan.encoders.length);
      for (const [index, planned] of plan.encoders.entries()) {
        const encoder = input.encoderById(planned.id);
        const result = await encodeCollection({ engine, project, encoder, plan: encodePlanOf(plan, planned), collection: side, origin: `collection:${side}`, job: control.job, stage, before: index * sentences, signal: control.signal, log: control.log });
        control.log('info', `${planned.id}: ${result.encoded} encoded, ${result.reused} reused, ${result.truncated} shortened.`);
        if (out !== null) {
          const written = await engine.call('engine.writeVectors', { ...vectorPlace(project, encoder, encodePlanOf(plan, planned), side), sentences, dimension: encoder.dimension, precision: plan.precision, out }, { signal: control.signal });
          control.log('info', `${out}: ${written.bytes} bytes, sha256 ${written.sha256}.`);
        }
      }
      stage.finish();
    }, (note) => control.log('warning', note), control.signal);
  },
});
