import { expect, test } from 'vitest';
import { pemCatalogue } from '../../../src/finding/pem.js';
import { consumersThatChoke, observedEffects, type PemForm } from '../../../src/pem/consumers.js';

const forms = Object.keys(observedEffects) as PemForm[];

test('every code of the area has its row, but those that every consumer treats alike', () => {
  const without = ['passed-over', 'unknown-label'];
  expect(forms.concat(without as never[]).sort()).toEqual(
    Object.keys(pemCatalogue)
      .map((code) => code.slice('pem/'.length))
      .sort(),
  );
});

test.each(forms)('%s: an error where OpenSSL chokes, a warning where only others do, else an info', (form) => {
  const { consumers } = consumersThatChoke(form);
  const expected = consumers.includes('openssl') ? 'error' : consumers.length > 0 ? 'warning' : 'info';
  expect(pemCatalogue[`pem/${form}`].severity).toBe(expected);
});

test('silent are those that leave something out without a word', () => {
  expect(consumersThatChoke('blank-lines')).toEqual({ consumers: ['openssl', 'node'], silent: ['node'] });
  expect(consumersThatChoke('crlf')).toEqual({ consumers: [], silent: [] });
});
