/** Codes of the area `certificate`. */
import { entry } from './finding.js';

export const certificateCatalogue = {};
