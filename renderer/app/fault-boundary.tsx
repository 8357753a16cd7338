import { Component, type ReactNode } from 'react';
import { t } from '../strings/catalogue.ts';
import { Button } from '../widgets/button.tsx';
import { Notice } from '../widgets/notice.tsx';

/** A fault in drawing stays in its room: the bar, the jobs and the data are untouched. */
export class FaultBoundary extends Component<{ readonly children: ReactNode }, { readonly fault: Error | undefined }> {
  override state: { readonly fault: Error | undefined } = { fault: undefined };

  static getDerivedStateFromError(fault: unknown): { readonly fault: Error } {
    return { fault: fault instanceof Error ? fault : new Error(String(fault)) };
  }

  override render(): ReactNode {
    const { fault } = this.state;
    if (fault === undefined) return this.props.children;
    return (
      <main style={{ background: 'var(--surface)' }} aria-label={t('fault.heading')}>
        <Notice framed failure={{ code: 'internal', message: t('fault.heading'), detail: t('fault.kept'), hint: fault.message }}>
          <Button small onPress={() => this.setState({ fault: undefined })}>{t('fault.again')}</Button>
          <Button small quiet onPress={() => location.reload()}>{t('fault.reload')}</Button>
        </Notice>
      </main>
    );
  }
}
