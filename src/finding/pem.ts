/** Codes of the area `pem`. */
import { entry } from './finding.js';

export const pemCatalogue = {};
