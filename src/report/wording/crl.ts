/** The wording of the area `crl`. */
import type { crlCatalogue } from '../../finding/crl.js';
import type { Wording } from './words.js';

export const crlWording: Wording<typeof crlCatalogue> = {};
