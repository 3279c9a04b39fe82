/** The wording of the area `certificate`. */
import type { certificateCatalogue } from '../../finding/certificate.js';
import type { Wording } from './words.js';

export const certificateWording: Wording<typeof certificateCatalogue> = {};
