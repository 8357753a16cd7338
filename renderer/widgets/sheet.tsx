import { useEffect, useRef, type ReactNode } from 'react';
import { Dialog, Heading, Modal, ModalOverlay } from 'react-aria-components';
import { FocusScope } from 'react-aria';
import { t } from '../strings/catalogue.ts';
import { Button } from 'react-aria-components';
import { KeyCap } from './key-cap.tsx';
import { rem } from './zoom.ts';
import css from './sheet.module.css';

type Props = {
  readonly title: string;
  readonly note?: ReactNode;
  readonly width: number;
  readonly onClose: () => void;
  readonly children: ReactNode;
  readonly foot?: ReactNode;
};

const Head = ({ title, note, onClose }: Pick<Props, 'title' | 'note' | 'onClose'>) => (
  <div className={css['head']}>
    <Heading slot="title" level={2}>{title}</Heading>
    <span className="small dim ellipsis">{note}</span>
    <span className="grow" />
    <Button slot={null} aria-label={t('sheet.close')} onPress={onClose}><KeyCap chord="Escape" /></Button>
  </div>
);

/** A sheet over the room, with a scrim. Esc closes it; focus goes back to where it came from. */
export const Sheet = ({ title, note, width, onClose, children, foot }: Props) => (
  <ModalOverlay isOpen isDismissable onOpenChange={(open) => { if (!open) onClose(); }} className={css['scrim'] ?? ''}>
    <Modal className={`${css['sheet']} ${css['centred']}`} style={{ '--sheet-width': rem(width) } as React.CSSProperties}>
      <Dialog>
        <Head title={title} note={note} onClose={onClose} />
        <div className={css['body']}>{children}</div>
        {foot === undefined ? null : <div className={css['foot']}>{foot}</div>}
      </Dialog>
    </Modal>
  </ModalOverlay>
);

/** A sheet in the corner without a scrim: the room under it stays usable. */
export const CornerSheet = ({ title, note, width, onClose, children, foot, pinned }: Props & { /** Stays in sight under what scrolls. */ readonly pinned?: ReactNode }) => {
  const box = useRef<HTMLElement>(null);
  useEffect(() => { box.current?.focus(); }, []);
  return (
    <FocusScope restoreFocus>
      <section ref={box} role="dialog" aria-label={title} tabIndex={-1} className={`${css['sheet']} ${css['corner']}`} style={{ '--sheet-width': rem(width) } as React.CSSProperties}
        onKeyDown={(event) => { if (event.key === 'Escape') { event.stopPropagation(); onClose(); } }}>
        <div className={css['head']}>
          <h2>{title}</h2><span className="small dim ellipsis">{note}</span><span className="grow" />
          <Button aria-label={t('sheet.close')} onPress={onClose}><KeyCap chord="Escape" /></Button>
        </div>
        <div className={css['body']}>{children}</div>
        {pinned}
        {foot === undefined ? null : <div className={css['foot']}>{foot}</div>}
      </section>
    </FocusScope>
  );
};
