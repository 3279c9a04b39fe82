/** The private key of `--key`: which certificates are its own. */
import type { LeafKey } from '../chain/order-chain.js';
import { importPrivateKey, isKeyOf } from '../crypto/private-key.js';
import { readInputs, saysUnread } from '../files/read-inputs.js';
import { createFinding } from '../finding/catalogue.js';
import type { Finding } from '../finding/finding.js';
import type { Context } from './command.js';

/** Reads the one private key of a file; where that fails the findings say why and `key` is undefined. */
export async function readLeafKey(
  file: string,
  context: Context,
): Promise<{ key: LeafKey | undefined; findings: readonly Finding[] }> {
  const { passwordFor } = context;
  const inputs = await readInputs([file], { passwordFor, openKeys: true, expect: ['private-key', 'certificate'] });
  const subject = { kind: 'file', name: file } as const;
  const fail = (
    code: 'key/none-in-file' | 'key/several-in-file' | 'key/not-usable',
  ): { key: undefined; findings: readonly Finding[] } => {
    // An error of reading the key says it better.
    if (inputs.findings.some(saysUnread)) return { key: undefined, findings: inputs.findings };
    const finding = createFinding(code, subject, { count: inputs.privateKeys.length }, { origin: { file } });
    return { key: undefined, findings: [...inputs.findings, finding] };
  };
  const [input, ...others] = inputs.privateKeys;
  if (!input) return fail('key/none-in-file');
  if (others.length > 0) return fail('key/several-in-file');
  const { encoding, encrypted } = input.key;
  const privateKey =
    encrypted || encoding === 'encrypted-pkcs8' ? undefined : importPrivateKey({ der: input.der, encoding });
  if (!privateKey) return fail('key/not-usable');
  const key: LeafKey = {
    name: file,
    matches: ({ tbsCertificate }) => isKeyOf(privateKey, tbsCertificate.subjectPublicKeyInfo),
  };
  return { key, findings: inputs.findings };
}
