/** The one error that certwright's readers throw: bytes that cannot be what they claim to be. */
import { createFinding } from './catalogue.js';
import type { DerCode } from './der.js';
import type { Finding, Origin, Subject } from './finding.js';

/** Thrown by every parser; the command line and `readInputs` turn it into a finding. */
export class MalformedInputError extends Error {
  override readonly name = 'MalformedInputError';

  constructor(
    /** Which rule was broken, a code of the catalogue. */
    readonly code: DerCode,
    /** Offset of the offending byte in the bytes given to the parser. */
    readonly offset: number,
    /** What stood there and what was expected. */
    readonly detail: string,
    readonly origin?: Origin,
    cause?: unknown,
  ) {
    super(`${detail} (at byte ${offset})`, { cause });
  }

  /** The same error, telling where the object was read. */
  at(origin: Origin | undefined): MalformedInputError {
    return this.origin || !origin ? this : new MalformedInputError(this.code, this.offset, this.detail, origin, this);
  }

  /** The same error for whoever gave the parser bytes that start `start` bytes into their own. */
  within(start: number, detail = this.detail): MalformedInputError {
    return new MalformedInputError(this.code, start + this.offset, detail, this.origin, this);
  }

  toFinding(subject: Subject): Finding {
    const { code, offset, detail, origin } = this;
    return createFinding(code, subject, { offset, detail }, { origin });
  }
}
