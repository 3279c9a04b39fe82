/** Codes of the area `input`. */
import { entry } from './finding.js';

export const inputCatalogue = {};
