/** Codes of the area `host`. */
import { entry } from './finding.js';

export const hostCatalogue = {};
