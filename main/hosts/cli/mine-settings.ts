import { resolve } from 'node:path';
import { existsSync } from 'node:fs';
import * as v from 'valibot';
import { defaultMineSettings, margin, mineSettings, retrieval, type MineSettings } from '../../contract/mine.ts';
import { provider } from '../../contract/models.ts';
import { oneOf } from './arguments.ts';
import { UsageError } from './exit.ts';
import type { Session } from './session.ts';

/** The options that `mine` and `score-bitext` share, as commander hands them over. */
export type MineOptions = {
  readonly encoder: string; readonly index: string; readonly k: string; readonly margin: string; readonly retrieval?: string; readonly refine: string;
  readonly threshold?: string; readonly provider: string; readonly threads?: string; readonly cosineFloor?: string; readonly upperBound?: string; readonly precision: string;
};

const numberOf = (given: string, option: string): number => {
  const value = Number(given);
  if (given.trim() === '' || !Number.isFinite(value)) throw new UsageError(`${option} ${given} is not a number.`);
  return value;
};

/** A folder given as encoder is added to this user's models first; its id is what the settings name. */
const encoderOf = async (session: Session, given: string): Promise<string> => {
  if (given === 'auto' || given === 'both') return given;
  const models = await session.client.call('models.list', {});
  if (models.some((model) => model.encoder.id === given)) return given;
  if (existsSync(resolve(given))) return (await session.client.call('models.add', { folder: resolve(given), answers: {} })).encoder.id;
  throw new UsageError(`--encoder ${given}: auto, both, a folder, or one of ${models.map((model) => model.encoder.id).join(', ')}.`);
};

/** Checks the options and turns them into settings; anything wrong is a usage error before any work begins. */
export const settingsOf = async (session: Session, options: MineOptions): Promise<MineSettings> => {
  const k = numberOf(options.k, '--k');
  const settings: MineSettings = {
    ...defaultMineSettings,
    index: oneOf(['auto', 'exact', 'hnsw', 'hnsw-usearch', 'hnsw-hnswlib'], options.index, '--index'),
    k,
    margin: oneOf(margin.options, options.margin, '--margin'),
    retrieval: oneOf(retrieval.options, options.retrieval ?? defaultMineSettings.retrieval, '--retrieval'),
    refine: oneOf(['auto', 'on', 'off'], options.refine, '--refine'),
    threshold: options.threshold === undefined || options.threshold === 'auto' ? 'auto' : numberOf(options.threshold, '--threshold'),
    provider: oneOf(['auto', ...provider.options], options.provider, '--provider'),
    ...(options.threads === undefined ? {} : { threads: numberOf(options.threads, '--threads') }),
    precision: oneOf(['f32', 'f16'], options.precision, '--precision'),
    cosineFloor: options.cosineFloor === undefined ? null : numberOf(options.cosineFloor, '--cosine-floor'),
    upperBound: options.upperBound === undefined ? null : numberOf(options.upperBound, '--upper-bound'),
  };
  const wrong = v.safeParse(mineSettings, settings).issues?.[0];
  if (wrong !== undefined) throw new UsageError(v.getDotPath(wrong) === 'threads' ? `--threads ${options.threads}: a whole number from 1 to 512.` : `--k ${options.k}: a whole number from 1 to 64.`);
  return { ...settings, encoder: await encoderOf(session, options.encoder) };
};
