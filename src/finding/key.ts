/** Codes of the area `key`. */
import { entry } from './finding.js';

export const keyCatalogue = {};
