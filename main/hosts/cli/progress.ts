import type { Job, JobStage } from '../../contract/jobs.ts';

const width = 24;

const duration = (seconds: number): string => {
  const whole = Math.max(0, Math.round(seconds));
  if (whole < 60) return `${whole} s`;
  if (whole < 3600) return `${Math.floor(whole / 60)} min ${whole % 60} s`;
  return `${Math.floor(whole / 3600)} h ${Math.floor((whole % 3600) / 60)} min`;
};

const nameOf = (stage: JobStage): string => `${stage.name}${stage.subject === undefined ? '' : ` ${stage.subject}`}`;

const grouped = (value: number): string => Math.round(value).toLocaleString('en').replaceAll(',', ' ');

const line = (job: Job, stage: JobStage): string => {
  const share = stage.total > 0 ? Math.min(1, stage.done / stage.total) : 0;
  const full = Math.round(share * width);
  const rate = stage.rate > 0 ? `, ${grouped(stage.rate)}/s` : '';
  const left = job.secondsLeft === null ? '' : `, ${duration(job.secondsLeft)} left`;
  return `${nameOf(stage).padEnd(18)} [${'='.repeat(full)}${' '.repeat(width - full)}] ${grouped(stage.done)}/${grouped(stage.total)} ${stage.unit}${rate}${left}`;
};

const ended = (stage: JobStage): string => `${nameOf(stage).padEnd(18)} ${grouped(stage.total)} ${stage.unit} in ${stage.seconds.toFixed(1)} s${stage.note === undefined ? '' : ` (${stage.note})`}`;

/** Draws a job on standard error: a bar that moves on a terminal, one line an ended stage elsewhere. */
export const jobProgress = (quiet: boolean) => {
  const said = new Set<string>();
  const moving = process.stderr.isTTY && !quiet;
  const clear = (): void => { if (moving) process.stderr.write('\r\u001b[K'); };
  return {
    show: (job: Job): void => {
      if (quiet) return;
      for (const stage of job.stages) {
        const key = `${job.id}:${stage.name}`;
        if (stage.state !== 'done' || said.has(key)) continue;
        said.add(key);
        clear();
        process.stderr.write(`${ended(stage)}\n`);
      }
      const running = job.stages.find((stage) => stage.state === 'running');
      if (moving && running !== undefined) process.stderr.write(`\r\u001b[K${line(job, running)}`);
    },
    say: (text: string): void => { if (!quiet) { clear(); process.stderr.write(`${text}\n`); } },
    end: clear,
  };
};

export type Progress = ReturnType<typeof jobProgress>;
