/** Names and hosts for property tests: from a small stock, so that they meet, with everything odd in it. */
import fc from 'fast-check';
import type { PresentedIdentity } from '../../src/hostname/presented-identity.js';

const labels = fc.constantFrom(
  ...['sip1', 'Sip1', 'a', 'b', '*', 'a*', '*a', 's*1', '*-', '**', 's*p*', 'x*', 'foo*bar', 'a_b', '-a', 'a-', ''],
  ...['1', '10', 'a b', '$', 'bücher', 'é', 'xn--bcher-kva', 'xn--a', 'XN--A', 'xn--*', 'xn--*-kva', 'ß'],
);
const bases = fc.constantFrom(
  ...['example.com', 'Example.COM', 'com', 'example.com.', 'a.b', 'b', 'co.uk', '*.com', 'e*.com', 'xn--p1ai', '1'],
);
const addresses = fc.constantFrom(
  ...['10.0.0.1', '::1', '::ffff:10.0.0.1', 'fe80::1', 'FE80:0::1', '14.15', '127.1', '1.2.3.4.5', '[::1]', '::1.'],
  ...['010.0.0.1', 'fe80::1%eth0', '10.0.0.1.'],
);

/** A name as certificates have them, good and odd. */
const presentedName: fc.Arbitrary<string> = fc.oneof(
  { weight: 8, arbitrary: fc.tuple(labels, bases).map((parts) => parts.join('.')) },
  { weight: 2, arbitrary: fc.tuple(labels, labels, bases).map((parts) => parts.join('.')) },
  { weight: 1, arbitrary: bases.map((base) => `.${base}`) },
  { weight: 1, arbitrary: labels },
  { weight: 1, arbitrary: addresses },
);

export const swapCase = (text: string): string =>
  text.replace(/[a-z]/gi, (letter) => (/[a-z]/.test(letter) ? letter.toUpperCase() : letter.toLowerCase()));

/** A host made from a name so that it has a chance to match, or another name. */
const hostFor = (names: readonly string[]): fc.Arbitrary<string> => {
  const near = fc
    .tuple(
      fc.constantFrom(...names, 'sip1.example.com'),
      fc.constantFrom('sip1', 'a', '', 'xn--bcher-kva', 'x.y', 'a_b'),
    )
    .map(([name, filling]) => name.replaceAll('*', filling));
  return fc.oneof(
    { weight: 4, arbitrary: near },
    { weight: 1, arbitrary: near.map(swapCase) },
    { weight: 2, arbitrary: presentedName },
  );
};

export interface NamesCase {
  readonly dnsNames: readonly string[];
  readonly addresses: readonly string[];
  readonly commonNames: readonly string[];
  readonly host: string;
}

/** Up to two names of each kind and a host. */
export const namesCase: fc.Arbitrary<NamesCase> = fc
  .tuple(
    fc.array(presentedName, { maxLength: 2 }),
    fc.subarray(['10.0.0.1', '::1', '::ffff:10.0.0.1', 'fe80::1', '14.0.0.15'], { maxLength: 1 }),
    fc.array(presentedName, { maxLength: 2 }),
  )
  .chain(([dnsNames, ips, commonNames]) =>
    hostFor([...dnsNames, ...ips, ...commonNames]).map((host) => ({ dnsNames, addresses: ips, commonNames, host })),
  );

export function identityOf({ dnsNames, addresses: ips, commonNames }: NamesCase): PresentedIdentity {
  const subjectAltNames = [
    ...dnsNames.map((value) => ({ type: 'dns', value }) as const),
    ...ips.map((value) => ({ type: 'ip', value }) as const),
  ];
  return { subjectAltNames: subjectAltNames.length > 0 ? subjectAltNames : undefined, commonNames };
}
