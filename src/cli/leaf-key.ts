/** The private key of `--key` or `--certificate-key`: opened, and which certificates are its own. */
import type { LeafKey } from '../chain/order-chain.js';
import { importPrivateKey, isKeyOf, type PrivateKey } from '../crypto/private-key.js';
import { readInputs, saysUnread } from '../files/read-inputs.js';
import { createFinding } from '../finding/catalogue.js';
import type { Finding } from '../finding/finding.js';
import type { Context } from './command.js';

/** Reads the one private key of a file; where that fails the findings say why and `privateKey` is undefined. */
export async function readPrivateKey(
  file: string,
  context: Context,
): Promise<{ privateKey: PrivateKey | undefined; findings: readonly Finding[] }> {
  const { reading } = context;
  const inputs = await readInputs([file], { ...reading, openKeys: true, expect: ['private-key', 'certificate'] });
  const subject = { kind: 'file', name: file } as const;
  const fail = (
    code: 'key/none-in-file' | 'key/several-in-file' | 'key/not-usable',
  ): { privateKey: undefined; findings: readonly Finding[] } => {
    // An error of opening the key says it better.
    if (code === 'key/not-usable' && inputs.findings.some(saysUnread))
      return { privateKey: undefined, findings: inputs.findings };
    const finding = createFinding(code, subject, { count: inputs.privateKeys.length }, { origin: { file } });
    return { privateKey: undefined, findings: [...inputs.findings, finding] };
  };
  const [input, ...others] = inputs.privateKeys;
  if (!input) return fail('key/none-in-file');
  if (others.length > 0) return fail('key/several-in-file');
  const { encoding, encrypted } = input.key;
  const privateKey =
    encrypted || encoding === 'encrypted-pkcs8' ? undefined : importPrivateKey({ der: input.der, encoding });
  return privateKey ? { privateKey, findings: inputs.findings } : fail('key/not-usable');
}

/** The same, as what picks the end entity; `key` is undefined where the key could not be had. */
export async function readLeafKey(
  file: string,
  context: Context,
): Promise<{ key: LeafKey | undefined; findings: readonly Finding[] }> {
  const { privateKey, findings } = await readPrivateKey(file, context);
  const key = privateKey && {
    name: file,
    matches: ({ tbsCertificate }: Parameters<LeafKey['matches']>[0]) =>
      isKeyOf(privateKey, tbsCertificate.subjectPublicKeyInfo),
  };
  return { key, findings };
}
