/** Extensions for reports, which show what can be read and leave the rest to findings. */
import { MalformedInputError } from '../finding/malformed-input.js';
import type { Extensions, ExtensionType } from '../x509/extensions.js';

/** The decoded value, or undefined where the extension is absent or cannot be decoded. */
export function readIfWellFormed<T>(extensions: Extensions, type: ExtensionType<T>): T | undefined {
  try {
    return extensions.get(type);
  } catch (error) {
    if (error instanceof MalformedInputError) return undefined;
    throw error;
  }
}
