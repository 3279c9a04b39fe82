/** Catches the one error that readers may throw, for tests that look at its code and offset. */
import { MalformedInputError } from '../../src/finding/malformed-input.js';

/** Runs something that must throw a MalformedInputError, and gives that error; anything else fails the test. */
export function catchMalformed(run: () => unknown): MalformedInputError {
  try {
    run();
  } catch (error) {
    if (error instanceof MalformedInputError) return error;
    throw error;
  }
  throw new Error('nothing was thrown where a MalformedInputError was expected');
}

/** True when it runs, false when it throws a MalformedInputError; any other error goes on. */
export function isWellFormed(run: () => unknown): boolean {
  try {
    run();
    return true;
  } catch (error) {
    if (error instanceof MalformedInputError) return false;
    throw error;
  }
}
