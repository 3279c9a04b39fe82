/** General names for tests of what comes after parsing. */
import { readSingle } from '../../src/der/reader.js';
import { Tag } from '../../src/der/tag.js';
import { decodeGeneralNames, type GeneralNames } from '../../src/x509/general-name.js';
import { makeGeneralNames, type GeneralNameInput } from './names.js';

/** Made as `makeGeneralNames` makes them, and read back. */
export function readGeneralNames(names: readonly GeneralNameInput[]): GeneralNames {
  return decodeGeneralNames(readSingle(makeGeneralNames(names), Tag.sequence, 'GeneralNames'));
}
