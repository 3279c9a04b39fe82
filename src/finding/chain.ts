/** Codes of the area `chain`. */
import { entry } from './finding.js';

export const chainCatalogue = {};
