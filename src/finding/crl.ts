/** Codes of the area `crl`. */
import { entry } from './finding.js';

export const crlCatalogue = {};
