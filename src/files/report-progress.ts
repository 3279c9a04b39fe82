/** How long work says how far it is. */

/** What is counted. */
export type ProgressUnit = 'bytes' | 'files' | 'certificates';

/** `done` of `total`; with `done` at `total` the task has ended. `task` is a file that is read, or what is being done. */
export type ReportProgress = (task: string, done: number, total: number, unit: ProgressUnit) => void;
