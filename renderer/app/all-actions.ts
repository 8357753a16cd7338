import type { Action } from '../actions/action.ts';
import { everywhereActions } from '../actions/everywhere.ts';
import { actions as corporaActions } from '../rooms/corpora/actions.ts';
import { actions as labelActions } from '../rooms/label/actions.ts';
import { actions as mineActions } from '../rooms/mine/actions.ts';
import { actions as modelsActions } from '../rooms/models/actions.ts';
import { actions as reviewActions } from '../rooms/review/actions.ts';

/** Every action of the page: what the palette lists, the keys sheet explains and the conflict test reads. */
export const allActions: readonly Action[] = [...corporaActions, ...mineActions, ...reviewActions, ...labelActions, ...modelsActions, ...everywhereActions];
