import { Failure } from './link.ts';

/** Sends one dropped or chosen file to the served host, which keeps it among the project's uploads and answers its path there. */
export const upload = async (file: File, signal?: AbortSignal): Promise<string> => {
  const response = await fetch(`/upload?name=${encodeURIComponent(file.name)}`, { method: 'POST', body: file, ...(signal === undefined ? {} : { signal }) });
  const answer: unknown = await response.json().catch(() => undefined);
  if (response.ok && isRecord(answer) && typeof answer['path'] === 'string') return answer['path'];
  const message = isRecord(answer) && typeof answer['message'] === 'string' ? answer['message'] : `The file ${file.name} could not be handed over (${response.status}).`;
  throw new Failure('file-unreadable', message);
};

const isRecord = (value: unknown): value is Record<string, unknown> => typeof value === 'object' && value !== null;
