import type { Action } from '../../actions/action.ts';
import { bulkActions } from './bulk/actions.ts';
import { linkActions } from './links/actions.ts';
import { teamActions } from './team/actions.ts';
import { decideActions } from './actions/decide.ts';
import { editActions } from './actions/edit.ts';
import { lookActions } from './actions/look.ts';
import { queueActions } from './actions/queue.ts';
import { whenNamed } from './annotator.ts';

/** Everything the room can do. A key that is pressed while somebody's name is being written acts under that name. */
export const actions: readonly Action[] = [...decideActions, ...editActions, ...lookActions, ...queueActions, ...bulkActions, ...linkActions, ...teamActions]
  .map((each) => ({ ...each, run: (app) => whenNamed(() => each.run(app)) }));

/** One of them, by its name. */
export const reviewAction = (id: string): Action => {
  const found = actions.find((each) => each.id === id);
  if (found === undefined) throw new Error(`There is no action "${id}". The review room has: ${actions.map((each) => each.id).join(', ')}.`);
  return found;
};
