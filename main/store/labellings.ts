import { Failure } from '../contract/errors.ts';
import type { FoundSpans, LabelMethod, LabelSpan, SpanDecision, SpanFilter } from '../contract/label.ts';
import { agreementOf } from '../domain/label/method-agreement.ts';
import type { Labellings, SpanJudgement, StoredLabelling, WordLink } from './api-labellings.ts';
import type { Cell, Sql } from './database.ts';
import { parseStored, toStored } from './json.ts';
import { ordinalOf, sentenceKey } from './sentence-key.ts';

type Row = { readonly id: number; readonly name: string; readonly source_language: string; readonly target_language: string; readonly settings: string; readonly facts: string; readonly created_at: number };
type SpanRow = {
  readonly id: number; readonly sentence: number; readonly label: string; readonly source_from: number; readonly source_to: number; readonly found: string; readonly agrees: number | null;
  readonly sureness: number; readonly decision: SpanDecision; readonly chosen_from: number | null; readonly chosen_to: number | null; readonly flagged: number; readonly annotator: number | null; readonly judged_at: number | null;
};
/** What people say of a span, as it stands in the file. */
type Judged = Pick<SpanRow, 'decision' | 'chosen_from' | 'chosen_to' | 'flagged' | 'annotator' | 'judged_at'>;
export type LabelPatch = { readonly judged: readonly (Judged & { readonly id: number })[] };

/** Spans and sentences of one labelling are one range of their tables' keys. */
const key = sentenceKey;
const present = 0;
const removedByUser = 1;

/** Labellings: texts with spans, what methods found for them, and what people decided. */
export const createLabellings = (sql: Sql): Labellings => {
  const range = (labelling: number): readonly [number, number] => [key(labelling, 0), key(labelling + 1, 0)];
  const next = (table: 'label_sentence' | 'label_span', labelling: number): number => {
    const [from, end] = range(labelling);
    const last = sql.value<number | null>(`SELECT max(id) FROM ${table} WHERE id >= ? AND id < ?`, from, end);
    return last === null || last === undefined ? 0 : ordinalOf(last) + 1;
  };
  const conditions = (labelling: number, { labels, decisions, agrees: wanted, below }: SpanFilter): { readonly where: string; readonly values: readonly Cell[] } => {
    const parts = ['id >= ?', 'id < ?'];
    const values: Cell[] = [...range(labelling)];
    const among = (column: string, wanted: readonly string[]): void => { parts.push(`${column} IN (SELECT value FROM json_each(?))`); values.push(JSON.stringify(wanted)); };
    if (labels !== undefined) among('label', labels);
    if (decisions !== undefined) among('decision', decisions);
    if (wanted !== undefined) parts.push(wanted ? 'agrees = 1' : 'agrees IS NOT 1');
    if (below !== undefined) { parts.push('sureness < ?'); values.push(below); }
    return { where: parts.join(' AND '), values };
  };

  return {
    create: ({ name, sourceLanguage, targetLanguage, settings, facts }) => sql.run("INSERT INTO labelling(name, source_language, target_language, settings, facts, state, created_at) VALUES (?, ?, ?, ?, ?, 'making', ?)",
      name, sourceLanguage, targetLanguage, toStored(settings), toStored(facts), Date.now()).id,
    add: (labelling, sentences) => sql.transaction(() => {
      let sentence = next('label_sentence', labelling);
      let span = next('label_span', labelling);
      for (const { source, target, form, spans } of sentences) {
        sql.run('INSERT INTO label_sentence(id, source, target, form) VALUES (?, ?, ?, ?)', key(labelling, sentence), source, target, form);
        for (const { label, source: { from, to } } of spans) {
          sql.run("INSERT INTO label_span(id, sentence, label, source_from, source_to, found, agrees, sureness) VALUES (?, ?, ?, ?, ?, '[]', NULL, 0)", key(labelling, span), key(labelling, sentence), label, from, to);
          span += 1;
        }
        sentence += 1;
      }
    }),
    finish: (labelling) => void sql.run("UPDATE labelling SET state = 'ready' WHERE id = ?", labelling),
    discard: (labelling) => discardLabelling(sql, labelling),
    get: (labelling, { removed = false } = {}) => {
      const row = sql.get<Row>(`SELECT * FROM labelling WHERE id = ? AND state = 'ready' AND removed <= ?`, labelling, removed ? removedByUser : present);
      if (row === undefined) throw new Failure('not-found', `There is no labelling ${labelling} in this project.`, { hint: 'Open the list of labellings again; a removed one comes back with undo.' });
      return asLabelling(row);
    },
    list: () => sql.all<Row>("SELECT * FROM labelling WHERE state = 'ready' AND removed = ? ORDER BY id DESC", present).map(asLabelling),
    counts: (labelling) => {
      const [from, end] = range(labelling);
      return {
        sentences: next('label_sentence', labelling),
        spans: next('label_span', labelling),
        open: sql.value<number>("SELECT count(*) FROM label_span WHERE id >= ? AND id < ? AND decision = 'open' AND agrees IS NOT 1", from, end) ?? 0,
      };
    },
    methods: (labelling) => sql.column<LabelMethod>("SELECT DISTINCT json_extract(one.value, '$.method') FROM label_span, json_each(found) one WHERE label_span.id >= ? AND label_span.id < ? ORDER BY 1", ...range(labelling)),
    found: (labelling, sentences) => sql.transaction(() => {
      for (const [no, { spans, links }] of sentences) {
        const sentence = key(labelling, no);
        const ids = sql.column<number>('SELECT id FROM label_span WHERE sentence = ? ORDER BY id', sentence);
        if (ids.length !== spans.length) throw new Failure('internal', `Sentence ${no + 1} has ${ids.length} spans, but ${spans.length} answers were given.`);
        ids.forEach((id, at) => {
          const found = spans[at] ?? [];
          sql.run('UPDATE label_span SET found = ?, agrees = ?, sureness = ? WHERE id = ?', toStored(found), agrees(found), surenessOf(found), id);
        });
        sql.run('UPDATE label_sentence SET links = ? WHERE id = ?', toStored(links.map(({ source, target }) => [source.from, source.to, target.from, target.to])), sentence);
      }
    }),
    sentences: (labelling, from, count) => sql.all<{ readonly id: number; readonly source: string; readonly target: string; readonly form: string | null; readonly links: string | null }>(
      'SELECT * FROM label_sentence WHERE id >= ? AND id < ? ORDER BY id', key(labelling, from), Math.min(key(labelling, from + count), key(labelling + 1, 0)))
      .map(({ id, source, target, form, links }) => ({ no: ordinalOf(id), source, target, form, links: links === null ? [] : parseStored<readonly Four[]>(links).map(asLink) })),
    spansOf: (labelling, sentence) => sql.all<SpanRow>('SELECT * FROM label_span WHERE sentence = ? ORDER BY id', key(labelling, sentence)).map(asSpan),
    order: (labelling, filter, limit) => {
      const { where, values } = conditions(labelling, filter);
      const order = filter.order === 'sureness' ? 'sureness, id' : 'id';
      return {
        ids: sql.column<number>(`SELECT id FROM label_span WHERE ${where} ORDER BY ${order} LIMIT ?`, ...values, limit),
        total: sql.value<number>(`SELECT count(*) FROM label_span WHERE ${where}`, ...values) ?? 0,
      };
    },
    spans: (labelling, ids) => {
      const [from, end] = range(labelling);
      return ids.map((id) => {
        const row = id >= from && id < end ? sql.get<SpanRow>('SELECT * FROM label_span WHERE id = ?', id) : undefined;
        if (row === undefined) throw new Failure('not-found', `Span ${id} does not belong to this labelling.`, { hint: 'Open the labelling again.' });
        return asSpan(row);
      });
    },
    agreement: (labelling) => sql.all<{ readonly label: string; readonly spans: number; readonly agree: number }>(
      'SELECT label, count(*) AS spans, sum(agrees) AS agree FROM label_span WHERE id >= ? AND id < ? AND agrees IS NOT NULL GROUP BY label ORDER BY 1.0 * sum(agrees) / count(*) DESC, label', ...range(labelling)),
  };
};

/** 1 where all methods that ran name the same span, 0 where they do not, null where fewer than two gave an answer. */
const agrees = ([first, ...others]: readonly FoundSpans[]): number | null => {
  const kinds = first === undefined ? [] : others.map((other) => agreementOf(first, other));
  return kinds.length === 0 || kinds.some((kind) => kind === 'one-abstains' || kind === 'both-abstain') ? null : Number(kinds.every((kind) => kind === 'same'));
};

/** The least score of the methods' best answers; 0 where one abstains. */
const surenessOf = (found: readonly FoundSpans[]): number => (found.length === 0 ? 0 : Math.min(...found.map(({ best }) => best[0]?.score ?? 0)));

/** What an operation does to spans, and what takes it back. */
export const labelPatches = (sql: Sql, judgements: readonly SpanJudgement[]): { readonly before: LabelPatch; readonly after: LabelPatch } => {
  const before: (Judged & { readonly id: number })[] = [];
  const after: (Judged & { readonly id: number })[] = [];
  for (const { span, decision, chosen, flagged, annotator, at } of judgements) {
    const now = sql.get<Judged>('SELECT decision, chosen_from, chosen_to, flagged, annotator, judged_at FROM label_span WHERE id = ?', span);
    if (now === undefined) throw new Failure('not-found', `There is no span ${span}.`, { hint: 'Open the labelling again.' });
    before.push({ id: span, ...now });
    after.push({
      id: span, decision: decision ?? now.decision, flagged: flagged === undefined ? now.flagged : Number(flagged),
      chosen_from: chosen === undefined ? now.chosen_from : chosen?.from ?? null, chosen_to: chosen === undefined ? now.chosen_to : chosen?.to ?? null, annotator, judged_at: at,
    });
  }
  return { before: { judged: before }, after: { judged: after } };
};

export const applyLabelPatch = (sql: Sql, { judged }: LabelPatch): void => {
  for (const { id, decision, chosen_from, chosen_to, flagged, annotator, judged_at } of judged) {
    sql.run('UPDATE label_span SET decision = ?, chosen_from = ?, chosen_to = ?, flagged = ?, annotator = ?, judged_at = ? WHERE id = ?', decision, chosen_from, chosen_to, flagged, annotator, judged_at, id);
  }
};

export const setLabellingRemoved = (sql: Sql, labelling: number, removed: boolean): void => void sql.run('UPDATE labelling SET removed = ? WHERE id = ?', removed ? removedByUser : present, labelling);

const discardLabelling = (sql: Sql, labelling: number): void => sql.transaction(() => {
  for (const table of ['label_span', 'label_sentence']) sql.run(`DELETE FROM ${table} WHERE id >= ? AND id < ?`, key(labelling, 0), key(labelling + 1, 0));
  sql.run('DELETE FROM labelling WHERE id = ?', labelling);
});

/** Those that a program which is gone was still making; returns their names. */
export const discardUnfinishedLabellings = (sql: Sql): readonly string[] => {
  const unfinished = sql.all<{ readonly id: number; readonly name: string }>("SELECT id, name FROM labelling WHERE state <> 'ready'");
  for (const { id } of unfinished) discardLabelling(sql, id);
  return unfinished.map(({ name }) => name);
};

/** What the user removed, for good. */
export const purgeLabellings = (sql: Sql): void => {
  for (const id of sql.column<number>('SELECT id FROM labelling WHERE removed = ?', removedByUser)) discardLabelling(sql, id);
};

type Four = readonly [number, number, number, number];
const asLink = ([sourceFrom, sourceTo, targetFrom, targetTo]: Four): WordLink => ({ source: { from: sourceFrom, to: sourceTo }, target: { from: targetFrom, to: targetTo } });

const asLabelling = ({ id, name, source_language, target_language, settings, facts, created_at }: Row): StoredLabelling => ({
  id, name, sourceLanguage: source_language, targetLanguage: target_language, settings: parseStored(settings), facts: parseStored(facts), createdAt: created_at,
});

const asSpan = (row: SpanRow): LabelSpan => ({
  id: row.id, sentence: ordinalOf(row.sentence), label: row.label, source: { from: row.source_from, to: row.source_to }, found: parseStored(row.found),
  agrees: row.agrees === null ? null : row.agrees === 1, sureness: row.sureness, decision: row.decision,
  chosen: row.chosen_from === null || row.chosen_to === null ? null : { from: row.chosen_from, to: row.chosen_to }, flagged: row.flagged === 1,
  judged: row.annotator === null || row.judged_at === null ? null : { annotator: row.annotator, at: row.judged_at },
});
