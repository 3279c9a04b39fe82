/** The wording of the area `input`. */
import type { inputCatalogue } from '../../finding/input.js';
import type { Wording } from './words.js';

export const inputWording: Wording<typeof inputCatalogue> = {};
