/** The wording of the area `pem`. */
import type { pemCatalogue } from '../../finding/pem.js';
import type { Wording } from './words.js';

export const pemWording: Wording<typeof pemCatalogue> = {};
