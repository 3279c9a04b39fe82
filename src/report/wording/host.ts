/** The wording of the area `host`. */
import type { hostCatalogue } from '../../finding/host.js';
import type { Wording } from './words.js';

export const hostWording: Wording<typeof hostCatalogue> = {};
