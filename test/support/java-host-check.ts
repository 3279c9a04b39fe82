/** Asks Java's own host name check about many certificates in one virtual machine. */
import { spawnSync } from 'node:child_process';
import { fileURLToPath } from 'node:url';
import { runProgram } from './run.js';

const program = fileURLToPath(new URL('HostCheck.java', import.meta.url));
const found = spawnSync('java', ['-version'], { encoding: 'utf8' });

/** `` or ` (skipped: …)`: goes to the end of the name of a test that needs Java. */
export const javaSkipReason = found.status === 0 ? '' : ' (skipped: no java here)';

export interface JavaCase {
  readonly host: string;
  /** DER. */
  readonly certificate: Uint8Array;
}
export type JavaAnswer = 'match' | 'no-match' | 'unreadable';

/** One answer a case, in order. */
export function askJava(cases: readonly JavaCase[]): JavaAnswer[] {
  const base64 = (bytes: string | Uint8Array): string => Buffer.from(bytes as Uint8Array).toString('base64');
  const stdin = cases.map(({ host, certificate }) => `${base64(host)}\t${base64(certificate)}\n`).join('');
  const exported = ['--add-exports', 'java.base/sun.security.util=ALL-UNNAMED'];
  const { status, stdout, stderr } = runProgram('java', [...exported, program], { stdin });
  if (status !== 0) throw new Error(`java ended with ${String(status)}: ${stderr}`);
  return stdout.trim().split('\n') as JavaAnswer[];
}
