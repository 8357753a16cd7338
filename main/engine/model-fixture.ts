import { mkdirSync, writeFileSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { writeGraph } from './graph-writer.ts';

/**
 * A very small encoder for tests, in the layout of sentence-transformers: one vector a word, no layers.
 *
 * Its numbers can be computed by hand: word `w7` has the vector of row 9 of `wordVectors` (two rows are padding and the unknown word).
 */
export type TinyModel = { readonly folder: string; readonly dimension: number; readonly wordVectors: Float32Array };

export type TinyModelOptions = {
  readonly words?: number;
  readonly dimension?: number;
  /** Further files by their path in the folder: JSON values, texts or bytes. */
  readonly files?: Readonly<Record<string, unknown>>;
  readonly graph?: string;
};

/** The nth word's spelling. */
export const word = (index: number): string => `w${index}`;

export const writeTinyModel = (folder: string, { words = 100, dimension = 8, files = {}, graph = 'onnx/model.onnx' }: TinyModelOptions = {}): TinyModel => {
  const rows = words + 2;
  const wordVectors = Float32Array.from({ length: rows * dimension }, (_, index) => Math.sin(index * 1.7 + 0.3) * ((index % 5) + 1));
  const bytes = writeGraph({
    name: 'tiny',
    inputs: [{ name: 'input_ids', type: 'int64', shape: ['batch', 'tokens'] }, { name: 'attention_mask', type: 'int64', shape: ['batch', 'tokens'] }],
    outputs: [{ name: 'last_hidden_state', type: 'float32', shape: ['batch', 'tokens', dimension] }],
    nodes: [{ op: 'Gather', inputs: ['words', 'input_ids'], outputs: ['last_hidden_state'] }],
    constants: [{ name: 'words', shape: [rows, dimension], data: wordVectors }],
  });
  const vocabulary = Object.fromEntries(['[PAD]', '[UNK]', ...Array.from({ length: words }, (_, index) => word(index))].map((one, index) => [one, index]));
  const all: Readonly<Record<string, unknown>> = {
    [graph]: bytes,
    'tokenizer.json': {
      version: '1.0', truncation: null, padding: null, added_tokens: [], normalizer: null, pre_tokenizer: { type: 'WhitespaceSplit' }, post_processor: null, decoder: null,
      model: { type: 'WordLevel', vocab: vocabulary, unk_token: '[UNK]' },
    },
    ...files,
  };
  for (const [name, content] of Object.entries(all)) {
    const path = join(folder, name);
    mkdirSync(dirname(path), { recursive: true });
    writeFileSync(path, content instanceof Uint8Array || typeof content === 'string' ? content : JSON.stringify(content));
  }
  return { folder, dimension, wordVectors };
};

/** Everything that sentence-transformers writes beside the graph, for a mean-pooled, normalised encoder of at most 16 tokens. */
export const completeFiles: Readonly<Record<string, unknown>> = {
  'modules.json': [
    { idx: 0, name: '0', path: '', type: 'sentence_transformers.models.Transformer' },
    { idx: 1, name: '1', path: '1_Pooling', type: 'sentence_transformers.models.Pooling' },
    { idx: 2, name: '2', path: '2_Normalize', type: 'sentence_transformers.models.Normalize' },
  ],
  '1_Pooling/config.json': { word_embedding_dimension: 8, pooling_mode_cls_token: false, pooling_mode_mean_tokens: true, pooling_mode_max_tokens: false },
  'sentence_bert_config.json': { max_seq_length: 16, do_lower_case: false },
  'config_sentence_transformers.json': { prompts: {}, default_prompt_name: null },
  'config.json': { model_type: 'bert', hidden_size: 8, max_position_embeddings: 64, pad_token_id: 0 },
  'README.md': '---\nlicense: apache-2.0\nlanguage:\n- de\n- en\n---\n# Tiny\n',
};
