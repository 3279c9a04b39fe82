/** The wording of the area `rehearse`. */
import type { rehearseCatalogue } from '../../finding/rehearse.js';
import type { Wording } from './words.js';

const withTarget = (target: string): string => (target === '' ? 'the rehearsal' : `the rehearsal with ${target}`);

/** Where it happened, as the second half of `the server …`. */
const stages: Readonly<Record<string, string>> = {
  files: 'could not read a file',
  setup: 'could not be set up',
  handshake: 'ended the handshake',
  verification: 'refused the other certificate',
  name: 'refused the name of the certificate',
  exchange: 'lost the connection',
};

const what = ({ side, stage, error, message }: Record<'side' | 'stage' | 'error' | 'message', string>): string =>
  `the ${side} ${stages[stage] ?? stage}: ${message} (${error})`;

export const rehearseWording: Wording<typeof rehearseCatalogue> = {
  'rehearse/refused': ({ target, causes, ...error }) => ({
    message: `${withTarget(target)} did not connect: ${what(error)}`,
    ...(causes.length > 0 && { hint: `mend first what the pre-flight says: ${causes.join('; ')}` }),
  }),
  'rehearse/unexplained': ({ target, preflight, ...error }) => ({
    message: `${withTarget(target)} failed for a reason that the pre-flight does not give: ${what(error)}; its errors are: ${preflight.join(', ') || 'none'}`,
    hint: 'one of the two is wrong: please report it, with the options and, as far as you may, the certificates; never the key',
  }),
  'rehearse/connected-although': ({ target, causes }) => ({
    message: `${withTarget(target)} connected, although the pre-flight has errors: ${causes.join('; ')}`,
    hint: 'the Security Pack is stricter than OpenSSL alone in some of its rules, and some faults show only with another peer: mend them all the same',
  }),
  'rehearse/revocation-not-rehearsed': ({ target, message }) => ({
    message: `${withTarget(target)} went without the CRLs: only the own certificate of a side is to be checked, which Node cannot do alone; with the whole chain checked OpenSSL says: ${message}`,
    hint: 'on revocation the pre-flight alone has spoken',
  }),
  'rehearse/stand-in-client': ({ trusted, mutual }) => ({
    message: `only the server is given: a client took part that trusts the ${trusted === 1 ? 'root' : `${trusted} roots`} in the server's own files${mutual ? ' and has no certificate, so tls-mutual was not rehearsed' : ''}`,
    hint: 'give the options of the client too; what it trusts is half of the matter',
  }),
  'rehearse/no-server': () => ({
    message: 'only the client is given, and nobody can play its server without the private key of the server',
    hint: "give the server's options and files too, or ask the real server with certwright connect",
  }),
  'rehearse/windows-store-needed': ({ side, missing, thumbprint }) => ({
    message:
      missing === 'store'
        ? `the ${side} takes its certificates from the Windows certificate store, which is not at hand`
        : `the ${missing === 'key' ? 'private key of the certificate' : 'certificate'} with the thumbprint ${thumbprint} of the ${side} is not among what was given for its Windows certificate store`,
    hint: 'export the certificate with its key, and the trusted roots, and give them with --windows-store',
  }),
};
