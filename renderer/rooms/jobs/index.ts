export { JobsSheet } from './jobs-sheet.tsx';
export { detailWords, rateWords, stageName, stateWord, timeLeft } from './job-words.ts';
