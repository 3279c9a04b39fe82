/**
 * Random chains, judged by the profile `security-pack` and by `openssl verify`: the same verdict, the same error numbers in
 * the same order. And by `rfc5280`: where that differs from OpenSSL, one of the known differences must be at work. More cases: CERTWRIGHT_CHAINS=20000 (about 15 ms each), other chains: CERTWRIGHT_SEED=n.
 */
import { expect, it } from 'vitest';
import { validatePath } from '../../src/path/validate-path.js';
import { openssl } from '../support/openssl.js';
import { askOpenssl } from '../support/openssl-verify.js';
import { asCertificate } from '../support/parsed.js';
import { makeRandom, makeRandomCase } from '../support/random-chains.js';
import { makeScratch } from '../support/scratch.js';

const count = Number(process.env.CERTWRIGHT_CHAINS ?? 300);
const seed = Number(process.env.CERTWRIGHT_SEED ?? 5280);
const isKnown = openssl.installed && openssl.version.startsWith('OpenSSL 3.0.');
const reason = openssl.skipReason || (isKnown ? '' : ` (skipped: ${openssl.version} is not OpenSSL 3.0)`);

/** What RFC 5280 accepts and OpenSSL refuses: mostly, OpenSSL builds one path where there are several. */
const acceptedByRFC = [
  'trusted intermediate',
  'self-issued',
  'foreign authority key',
  'no key identifiers',
  'ends this second',
  // anyExtendedKeyUsage.
  'extended key usage',
  // Self-issued intermediates do not count.
  'depth',
];
/** And the other way round: OpenSSL lets a mapped policy through anyPolicy although that is inhibited. */
const refusedByRFC = ['policy mapping'];

it.skipIf(!isKnown)(
  `${count} random chains get the answer of openssl verify${reason}`,
  () => {
    const random = makeRandom(seed);
    const scratch = makeScratch();
    let accepted = 0;
    for (let position = 0; position < count; position++) {
      const { target, pool, trusted, traits, ...options } = makeRandomCase(random);
      const said = askOpenssl(target, pool, trusted, options, scratch);
      const subject = { certificate: asCertificate(target), pool: pool.map((der) => asCertificate(der)) };
      const trustAnchors = trusted.map((der) => asCertificate(der));
      const result = validatePath(subject, { ...options, trustAnchors, profile: 'security-pack' });
      const errors = result.findings.filter(({ severity }) => severity === 'error');
      const predicted = { ok: result.ok, errors: errors.map(({ opensslError }) => opensslError) };
      expect(predicted, `chain ${position} of seed ${seed}: ${traits.join(', ')}`).toEqual(said);
      if (said.ok) accepted++;
      const strict = validatePath(subject, { ...options, trustAnchors });
      if (strict.ok !== said.ok) {
        const known = said.ok ? refusedByRFC : acceptedByRFC;
        expect(
          known.filter((trait) => traits.includes(trait)),
          `chain ${position}: ${traits.join(', ')}`,
        ).not.toEqual([]);
      }
    }
    // Chains that are all refused would prove little.
    expect(accepted).toBeGreaterThan(count / 10);
  },
  Math.max(60_000, count * 100),
);
