/** The wording of the area `chain`. */
import type { chainCatalogue } from '../../finding/chain.js';
import type { Wording } from './words.js';

export const chainWording: Wording<typeof chainCatalogue> = {};
