/** What a container holds: objects without a place of their own, for they share that of the container. */
import type { Finding } from '../finding/finding.js';
import type { KeyDetails, ObjectKind } from './input-object.js';

export interface Part {
  readonly kind: ObjectKind;
  readonly der: Uint8Array;
  readonly key?: KeyDetails;
}

export interface ContainerContent {
  readonly parts: readonly Part[];
  readonly findings: readonly Finding[];
}

/** Gives the password of the file, or undefined when there is none to be had; called at most once. */
export type AskPassword = () => Promise<string | undefined>;
