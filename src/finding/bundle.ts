/** Codes of the area `bundle`. */
import { entry } from './finding.js';

export const bundleCatalogue = {};
