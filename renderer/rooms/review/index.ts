export { ReviewRoom } from './review-room.tsx';
export { BulkSheet } from './bulk/bulk-sheet.tsx';
export { SimilarSheet } from './links/similar-sheet.tsx';
export { EvidenceSheet } from './team/evidence-sheet.tsx';
export { TeamSheet } from './team/team-sheet.tsx';
export { QueueSheet } from './queues/queue-sheet.tsx';
export { useWaiting } from './waiting.ts';
export { actions } from './actions.ts';
