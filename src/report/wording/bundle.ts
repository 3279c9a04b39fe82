/** The wording of the area `bundle`. */
import type { bundleCatalogue } from '../../finding/bundle.js';
import type { Wording } from './words.js';

export const bundleWording: Wording<typeof bundleCatalogue> = {};
