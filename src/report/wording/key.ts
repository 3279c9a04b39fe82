/** The wording of the area `key`. */
import type { keyCatalogue } from '../../finding/key.js';
import type { Wording } from './words.js';

export const keyWording: Wording<typeof keyCatalogue> = {};
