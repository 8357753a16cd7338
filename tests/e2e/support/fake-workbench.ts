import type { Page } from 'playwright-core';
import { Failure, toFailureData } from '../../../main/contract/errors.ts';
import type { CallName, EventName, InputOf, OutputOf, PayloadOf } from '../../../main/contract/method.ts';
import type { WorkbenchContract } from '../../../main/contract/workbench.ts';
import { asRequest } from '../../../main/rpc/messages.ts';

type Calls = CallName<WorkbenchContract>;
export type Answers = { readonly [N in Calls]?: (input: InputOf<WorkbenchContract[N]>) => OutputOf<WorkbenchContract[N]> };

export type FakeWorkbench = {
  /** Tells the page something, as the workbench would. */
  tell<N extends EventName<WorkbenchContract>>(name: N, payload: PayloadOf<WorkbenchContract[N]>): void;
  /** How often a method was called. */
  calls(name: Calls): number;
};

/**
 * Answers the page in the workbench's place, for what the sample project cannot show: a million rows, a run that stands still, a failure.
 *
 * The page itself comes from the real host. A method without an answer fails as "not found".
 */
export const fakeWorkbench = async (page: Page, answers: Answers): Promise<FakeWorkbench> => {
  const counts = new Map<string, number>();
  let send: ((message: unknown) => void) | undefined;
  await page.routeWebSocket(/\/link$/u, (socket) => {
    send = (message) => socket.send(JSON.stringify(message));
    socket.onMessage((text) => {
      const request = asRequest(JSON.parse(String(text)));
      if (request?.type !== 'call') return;
      counts.set(request.name, (counts.get(request.name) ?? 0) + 1);
      try {
        const answer = (answers as Readonly<Record<string, ((input: unknown) => unknown) | undefined>>)[request.name];
        if (answer === undefined) throw new Failure('not-found', `The fake workbench has no answer to ${request.name}.`);
        send?.({ type: 'value', id: request.id, value: answer(request.input) });
      } catch (thrown) {
        send?.({ type: 'error', id: request.id, error: toFailureData(thrown) });
      }
    });
  });
  return { tell: (name, payload) => send?.({ type: 'event', name, payload }), calls: (name) => counts.get(name) ?? 0 };
};
