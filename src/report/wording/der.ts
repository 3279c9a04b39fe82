/** The wording of the area `der`. */
import type { derCatalogue } from '../../finding/der.js';
import type { Wording, Words } from './words.js';

const malformed =
  (what: string) =>
  ({ offset, detail }: { readonly offset: number; readonly detail: string }): Words => ({
    message: `${what} at byte ${offset}: ${detail}`,
    hint: 'the file is damaged or was never complete: export it again from where it was issued',
  });

export const derWording: Wording<typeof derCatalogue> = {
  'der/truncated': malformed('the encoding ends early'),
  'der/indefinite-length': malformed('BER indefinite length where DER is required'),
  'der/length-not-minimal': malformed('a length is not in its shortest form'),
  'der/unexpected-tag': malformed('another element than the standard asks for'),
  'der/trailing-data': malformed('bytes are left over'),
  'der/bad-value': malformed('a value is not valid DER'),
};
