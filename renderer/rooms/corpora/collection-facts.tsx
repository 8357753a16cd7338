import type { Collection } from '../../../main/contract/corpora.ts';
import { t } from '../../strings/catalogue.ts';
import { bytes, count } from '../../strings/numbers.ts';
import { Facts, Panel } from '../../widgets/facts.tsx';

/** What is known of a collection: its counts, and where it came from, file by file. */
export const CollectionFacts = ({ collection }: { readonly collection: Collection }) => (
  <>
    <Panel heading={<bdi>{collection.name}</bdi>} aside={t(`corpora.kind.${collection.kind}`)}>
      <Facts facts={[
        [t('corpora.lines'), count(collection.lines)],
        [t('corpora.merged'), count(collection.merged)],
        [t('corpora.empty'), count(collection.empty)],
        [t('corpora.malformed'), count(collection.malformed)],
        [collection.kind === 'bitext' ? t('corpora.distinctPairs') : t('corpora.distinct'), <b key="size" className="strong">{count(collection.size)}</b>],
        [t('corpora.columns'), collection.columns.length === 0 ? null : <bdi>{collection.columns.map((column) => column.name).join(', ')}</bdi>],
      ]} />
    </Panel>
    {collection.files.map((file) => {
      const name = file.path.split(/[\\/]/u).at(-1) ?? file.path;
      const { options } = file;
      return (
        <Panel key={file.path} heading={<bdi title={file.path}>{name}</bdi>}>
          <Facts facts={[
            [t('corpora.fileLines'), count(file.lines)],
            [t('corpora.fileSize'), bytes(file.bytes)],
            [t('import.encoding'), options.encoding],
            [t('import.layout'), t(`import.layout.${options.layout}`)],
            [t('import.compression'), options.compression === 'none' ? null : options.compression],
            [t('import.split'), options.split === 'none' ? null : t('import.split.sentences')],
            [t('corpora.checksum'), <span key="sum" className="mono" title={file.sha256}>{`${file.sha256.slice(0, 4)}…${file.sha256.slice(-4)}`}</span>],
          ]} />
        </Panel>
      );
    })}
  </>
);
