import { expect, it } from 'vitest';
import { decisionInForce } from './decision-in-force.ts';

const [none, accept, reject, unsure, conflict] = [0, 1, 2, 3, 4];

it.each<[string, number[], number, number]>([
  ['nobody said anything', [], none, none],
  ['one said accept, the others have not judged', [none, accept, none], none, accept],
  ['all agree', [reject, reject], none, reject],
  ['all are unsure', [unsure, unsure], none, unsure],
  ['two differ', [accept, reject], none, conflict],
  ['unsure is a judgement too', [accept, unsure], none, conflict],
  ['the adjudicator wins over a conflict', [accept, reject], accept, accept],
  ['the adjudicator wins over agreement', [accept, accept], reject, reject],
])('%s', (_, said, adjudicated, expected) => {
  expect(decisionInForce(said, adjudicated)).toBe(expected);
  expect(decisionInForce(said.toReversed(), adjudicated)).toBe(expected);
});
